// Message templates, in the shape the Graph API returns them.
export type TemplateStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED';
export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
export type ParameterFormat = 'NAMED' | 'POSITIONAL';

export interface TemplateButton {
  type: 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER';
  text: string;
  url?: string;
  phone_number?: string;
  example?: string[];
}

export interface TemplateExample {
  body_text_named_params?: { param_name: string; example: string }[];
  body_text?: string[][];
  header_text_named_params?: { param_name: string; example: string }[];
  header_text?: string[];
}

export type TemplateComponent =
  | { type: 'HEADER'; format: 'TEXT'; text: string; example?: TemplateExample }
  | { type: 'BODY'; text: string; example?: TemplateExample }
  | { type: 'FOOTER'; text: string }
  | { type: 'BUTTONS'; buttons: TemplateButton[] };

export interface TemplateDefinition {
  name: string;
  language: string;
  category: TemplateCategory;
  parameter_format: ParameterFormat;
  components: TemplateComponent[];
}

export interface Template extends TemplateDefinition {
  id: string;
  status: TemplateStatus;
  rejected_reason: string;
  quality_score: { score: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN' };
  last_updated_time: string;
}

type ComponentOf<T extends TemplateComponent['type']> = Extract<TemplateComponent, { type: T }>;

export const componentOf = <T extends TemplateComponent['type']>(
  template: TemplateDefinition,
  type: T,
): ComponentOf<T> | undefined =>
  template.components.find((component): component is ComponentOf<T> => component.type === type);

/** Names (or numbers) of the variables of a text, in order of first appearance. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '')),
];
