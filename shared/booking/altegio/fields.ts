// Altegio's fields, which waver: numbers as strings, [] for {}, 0 for "none", 1 for true.
import { z } from 'zod';

const isNone = (value: unknown) =>
  value === null || value === undefined || value === '' || value === 0 || value === '0';

/** An id, as text. */
export const id = z
  .union([
    z.int().positive(),
    z
      .string()
      .trim()
      .regex(/^[1-9]\d*$/, 'not an id'),
  ])
  .transform(String);

/** An id, or null where there is none. */
export const optionalId = z.preprocess((value) => (isNone(value) ? null : value), id.nullable());

/** Whatever there is, or nothing. */
export const anything = z.unknown().optional();

/** Text, however it is typed; nothing is ''. */
export const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value).trim()));

/** Yes or no, as 0 and 1, "0" and "1", true and false; nothing is no. */
export const flag = z
  .union([z.boolean(), z.literal([0, 1, '0', '1', ''])])
  .nullish()
  .transform((value) => value === true || value === 1 || value === '1');

/** A number, also one as text; null where there is none. */
export const optionalNumber = z.preprocess(
  (value) => (typeof value === 'string' ? numberOf(value) : (value ?? null)),
  z.number().nullable(),
);

/** How many of something, from 0 to what a column holds; null where it does not say. */
export const optionalCount = optionalNumber.pipe(z.int32().nonnegative().nullable());

/** An object; [] and null are none. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(
    (value) => (value === undefined || (Array.isArray(value) && value.length === 0) ? null : value),
    z.object(shape).nullable(),
  );
}

/** A list; {} and null are empty ones. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => (isEmptyObject(value) ? [] : value), z.array(item));
}

/** A mapping of names to anything; [] and null are empty ones. */
export const mapping = z.preprocess(
  (value) => (value === null || value === undefined || Array.isArray(value) ? {} : value),
  z.record(z.string(), z.unknown()),
);

function numberOf(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : text;
}

function isEmptyObject(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0;
}
