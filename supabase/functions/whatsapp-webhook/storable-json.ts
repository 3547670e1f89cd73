// JSON as the database can hold it, with nothing lost on the way: ids longer than a number of JavaScript's stay what they were.
declare global {
  interface JSON {
    /** JSON that is written as it is. */
    rawJSON(text: string): object;
  }
}

/** What jsonb cannot hold in a text: NUL, and halves of a character. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();

/** A plain number of a sensible length; others would overflow. */
const WRITTEN_NUMBER = /^-?\d{1,100}(\.\d{1,100})?$/;

function readValue(_: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value === 'string') return storable(value);
  if (typeof value === 'number') {
    const source = context?.source ?? String(value);
    if (source === String(value)) return value;
    return WRITTEN_NUMBER.test(source) ? JSON.rawJSON(source) : source;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (names.every((name) => storable(name) === name)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [storable(name), item]));
}

/** Undefined when it is none, or nested deeper than anybody can read. */
export function readJson(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text, readValue) };
  } catch {
    return undefined; // The caller keeps the text.
  }
}
