/** The interface is in English; dates and numbers follow. The one place to change when it speaks the club's languages. */
export const LOCALE = 'en-GB';

const languages = new Intl.DisplayNames(LOCALE, { type: 'language' });

export function languageName(code: string): string {
  return languages.of(code.replace('_', '-')) ?? code;
}
