// Structured output: which schemas the API accepts, and a value that satisfies one.
import { invalidRequest } from './api-error.ts';

export interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: unknown;
  items?: JsonSchema;
  minItems?: number;
  format?: string;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  definitions?: Record<string, JsonSchema>;
  [keyword: string]: unknown;
}

/** The output grammar knows nothing of these; the SDK moves them into descriptions. */
const unsupported = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
];

const childrenOf = (schema: JsonSchema): [string, JsonSchema][] => [
  ...Object.entries(schema.properties ?? {}),
  ...Object.entries(schema.$defs ?? {}),
  ...Object.entries(schema.definitions ?? {}),
  ...(schema.anyOf ?? []).map((child, index): [string, JsonSchema] => [`anyOf.${index}`, child]),
  ...(schema.allOf ?? []).map((child, index): [string, JsonSchema] => [`allOf.${index}`, child]),
  ...(schema.items ? ([['items', schema.items]] as [string, JsonSchema][]) : []),
];

export function checkOutputSchema(schema: JsonSchema, path: string): void {
  const keyword = unsupported.find((name) => name in schema);
  if (keyword) throw invalidRequest(`${path}: "${keyword}" is not supported in structured output schemas`);
  if ((schema.minItems ?? 0) > 1) throw invalidRequest(`${path}: "minItems" above 1 is not supported`);
  if (schema.type === 'object' && schema.additionalProperties !== false) {
    throw invalidRequest(
      `${path}: For 'object' type, 'additionalProperties' must be explicitly set to false`,
    );
  }
  for (const [name, child] of childrenOf(schema)) checkOutputSchema(child, `${path}.${name}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typesOf = (schema: JsonSchema): string[] =>
  schema.type === undefined ? [] : Array.isArray(schema.type) ? schema.type : [schema.type];

const typeNames: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isRecord,
};

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (!schema.$ref) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  return root.$defs?.[name] ?? root.definitions?.[name] ?? root;
}

export function fitsSchema(value: unknown, given: JsonSchema, root: JsonSchema = given): boolean {
  const schema = resolve(given, root);
  if ('const' in schema && value !== schema.const) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (schema.anyOf && !schema.anyOf.some((option) => fitsSchema(value, option, root))) return false;
  if (schema.allOf && !schema.allOf.every((part) => fitsSchema(value, part, root))) return false;
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => typeNames[type]?.(value))) return false;
  if (Array.isArray(value)) return value.every((item) => fitsSchema(item, schema.items ?? {}, root));
  if (!isRecord(value) || !schema.properties) return true;
  const properties = schema.properties;
  return (
    (schema.required ?? []).every((name) => name in value) &&
    Object.entries(value).every(
      ([name, item]) => name in properties && fitsSchema(item, properties[name] ?? {}, root),
    )
  );
}

/** A value that satisfies the schema. `preferred` is used wherever it fits; the rest is filled with the simplest. */
export function fillSchema(given: JsonSchema, preferred?: unknown, root: JsonSchema = given): unknown {
  const schema = resolve(given, root);
  if (preferred !== undefined && fitsSchema(preferred, schema, root)) return preferred;
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0])
    return fillSchema(
      schema.anyOf.find((option) => option.type === 'null') ?? schema.anyOf[0],
      preferred,
      root,
    );
  if (schema.allOf?.[0]) return fillSchema(schema.allOf[0], preferred, root);
  const types = typesOf(schema);
  if (types.includes('object') || schema.properties) {
    const wishes = isRecord(preferred) ? preferred : {};
    const entries = Object.entries(schema.properties ?? {})
      .filter(([name]) => name in wishes || (schema.required ?? []).includes(name))
      .map(([name, child]) => [name, fillSchema(child, wishes[name], root)]);
    return Object.fromEntries(entries);
  }
  if (types.includes('null')) return null;
  if (types.includes('array'))
    return schema.minItems ? [fillSchema(schema.items ?? {}, undefined, root)] : [];
  if (types.includes('integer') || types.includes('number')) return 0;
  if (types.includes('boolean')) return false;
  return 'Sandbox';
}
