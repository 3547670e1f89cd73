// What Meta shows of a template, and what our mirror keeps of it.
import { z } from 'zod';

const component = z.looseObject({
  type: z.string().transform((type) => type.toUpperCase()),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z.array(z.looseObject({ type: z.string(), url: z.string().optional() })).optional(),
});

/** One template of the list. Unknown fields and kinds are kept: Meta adds some every year. */
export const listedTemplate = z.looseObject({
  name: z.string(),
  language: z.string(),
  category: z.string(),
  correct_category: z.string().nullish(),
  status: z.string(),
  parameter_format: z.string().optional(),
  components: z.array(component),
  quality_score: z.looseObject({ score: z.string() }).nullish(),
  rejected_reason: z.string().nullish(),
});
export type ListedTemplate = z.infer<typeof listedTemplate>;

export interface MirroredTemplate {
  name: string;
  language: string;
  category: string;
  correct_category: string | null;
  status: string;
  body: string;
  footer: string | null;
  parameters: string[];
  components: unknown[];
  quality: string | null;
  rejected_reason: string | null;
}

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

const variablesOf = (text: string): string[] => [...text.matchAll(VARIABLE)].map((match) => match[1] ?? '');

/**
 * Every parameter a sender would have to give. Those outside the body, and media, are named by their place: we do not
 * fill such templates, and these names say why.
 */
function parametersOf(template: ListedTemplate): string[] {
  const names = template.components.flatMap((part) => {
    if (part.type === 'BODY') return variablesOf(part.text ?? '');
    if (part.type === 'HEADER') {
      const media =
        part.format && part.format.toUpperCase() !== 'TEXT' ? [`header:${part.format.toLowerCase()}`] : [];
      return [...media, ...variablesOf(part.text ?? '').map((name) => `header:${name}`)];
    }
    return (part.buttons ?? []).flatMap((button) =>
      variablesOf(button.url ?? '').map((name) => `button:${name}`),
    );
  });
  return [...new Set(names)];
}

/** The variables as we write them: Meta shows `{{ club }}` as it was entered. */
const tidy = (text: string) => text.replaceAll(VARIABLE, (_, name: string) => `{{${name}}}`);

export function toMirror(template: ListedTemplate): MirroredTemplate {
  const textOf = (type: string) => template.components.find((part) => part.type === type)?.text;
  const { rejected_reason: reason } = template;
  return {
    name: template.name,
    language: template.language,
    category: template.category,
    correct_category: template.correct_category ?? null,
    status: template.status,
    body: tidy(textOf('BODY') ?? ''),
    footer: textOf('FOOTER') ?? null,
    parameters: parametersOf(template),
    components: template.components,
    quality: template.quality_score?.score ?? null,
    rejected_reason: reason && reason !== 'NONE' ? reason : null,
  };
}
