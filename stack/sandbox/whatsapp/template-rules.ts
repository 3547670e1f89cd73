// What Meta accepts as a new template. Refusals carry Meta's subcodes where they are documented.
import { z } from 'zod';
import { GraphError } from './graph-error.ts';
import { componentOf, variablesOf } from './template-types.ts';
import type { TemplateDefinition } from './template-types.ts';

const languages =
  'af sq ar az bn bg ca zh_CN zh_HK zh_TW hr cs da nl en en_GB en_US et fil fi fr ka de el gu ha he hi hu id ga it ja kn kk ko ky lo lv lt mk ms ml mr nb fa pl pt_BR pt_PT pa ro ru sr sk sl es es_AR es_ES es_MX sw sv ta te th tr uk ur uz vi zu'.split(
    ' ',
  );

const namedExample = z.array(z.strictObject({ param_name: z.string(), example: z.string().min(1) }));
const example = z.strictObject({
  body_text_named_params: namedExample.optional(),
  body_text: z.array(z.array(z.string())).optional(),
  header_text_named_params: namedExample.optional(),
  header_text: z.array(z.string()).optional(),
});

/** Meta takes component types in any case; it answers in upper case. */
const upperCase = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((value) => value.toUpperCase())
    .pipe(z.enum(values));

const button = z.strictObject({
  type: upperCase(['QUICK_REPLY', 'URL', 'PHONE_NUMBER']),
  text: z.string().min(1).max(25),
  url: z.string().max(2000).optional(),
  phone_number: z.string().max(20).optional(),
  example: z.array(z.string()).optional(),
});

const component = z.union([
  z.strictObject({
    type: upperCase(['HEADER']),
    format: upperCase(['TEXT']),
    text: z.string().min(1).max(60),
    example: example.optional(),
  }),
  z.strictObject({
    type: upperCase(['BODY']),
    text: z.string().min(1).max(1024),
    example: example.optional(),
  }),
  z.strictObject({ type: upperCase(['FOOTER']), text: z.string().min(1).max(60) }),
  z.strictObject({ type: upperCase(['BUTTONS']), buttons: z.array(button).min(1).max(10) }),
]);

const newTemplate = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'may hold only lower-case letters, digits and underscores'),
  language: z.enum(languages as [string, ...string[]]),
  category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']),
  parameter_format: upperCase(['NAMED', 'POSITIONAL']).default('POSITIONAL'),
  components: z.array(component).min(1),
  allow_category_change: z.boolean().optional(),
  message_send_ttl_seconds: z.int().optional(),
});

const refuse = (details: string, subcode?: number): never => {
  throw new GraphError(100, details, subcode === undefined ? {} : { subcode });
};

function checkBody(template: TemplateDefinition): void {
  const body = componentOf(template, 'BODY');
  if (!body) return refuse('A template needs a BODY component.');
  const text = body.text.trim();
  if (/^\{\{/.test(text) || /\}\}$/.test(text)) {
    refuse("Variables can't be at the start or end of the template.", 2388299);
  }
  if (/\}\}\s*\{\{/.test(text)) refuse('Variables must not stand next to each other.', 2388299);
  const variables = variablesOf(text);
  const words = text.replace(/\{\{[^{}]*\}\}/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < 2 * variables.length + 1) {
    refuse(
      'This template has too many variables for its length. Reduce the variables or lengthen the message.',
      2388293,
    );
  }
  checkVariables(template, variables);
}

function checkVariables(template: TemplateDefinition, variables: string[]): void {
  const examples = componentOf(template, 'BODY')?.example;
  if (template.parameter_format === 'NAMED') {
    const bad = variables.find((name) => !/^[a-z_][a-z0-9_]*$/.test(name));
    if (bad !== undefined)
      refuse(`"${bad}" is not a parameter name: use lower-case letters, digits and underscores.`);
    const named = new Set((examples?.body_text_named_params ?? []).map((entry) => entry.param_name));
    const missing = variables.find((name) => !named.has(name));
    if (missing !== undefined)
      refuse(`The variable "${missing}" has no example in body_text_named_params.`, 2388043);
    return;
  }
  if (variables.some((name, index) => name !== String(index + 1)))
    refuse('Variables must be {{1}}, {{2}}, … in order.');
  if (variables.length > 0 && examples?.body_text?.[0]?.length !== variables.length) {
    refuse('body_text must hold one example per variable.', 2388043);
  }
}

export function parseNewTemplate(input: unknown): TemplateDefinition {
  const parsed = newTemplate.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new GraphError(
      100,
      `Param ${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}`,
    );
  }
  const { name, language, category, parameter_format, components } = parsed.data;
  const template: TemplateDefinition = { name, language, category, parameter_format, components };
  checkBody(template);
  const footer = componentOf(template, 'FOOTER');
  if (footer && variablesOf(footer.text).length > 0) refuse('A footer must not hold variables.');
  return template;
}
