// The only part of a name that a message may use. Whatever is doubtful is left out: a greeting without a name is never wrong.

/** Letters of any script, with spaces, apostrophes and hyphens between them. */
const SAFE = /^\p{L}[\p{L}\p{M}]*(?:[ '’-]\p{L}[\p{L}\p{M}]*)*$/u;
const LONGEST = 40;

/** A first name that is safe in a greeting, else null. Two words without a surname may be a name and a surname in any order. */
export function safeFirstName(name: string, surname: string): string | null {
  const first = name.trim().replace(/\s+/g, ' ');
  const { length } = [...first];
  if (length < 2 || length > LONGEST || !SAFE.test(first)) return null;
  return surname.trim() === '' && first.includes(' ') ? null : first;
}
