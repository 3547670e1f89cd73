// In which language a member is written to: what they said, else what their phone, else what their name tells.

export const LANGUAGES = ['cs', 'uk', 'ru', 'en', 'bg'] as const;
export type Language = (typeof LANGUAGES)[number];
export type LanguageSource = 'field' | 'phone' | 'name' | 'default';

/** How a club may call the field in which it keeps the language, in the languages of clubs. */
const FIELD = /^(client_?)?(language|lang|locale|jazyk|мова|язык|език)$/i;

/** What people write there: the beginning is enough. */
const ANSWERS: readonly (readonly [RegExp, Language])[] = [
  [/^(cs|cz|če|ces)/i, 'cs'],
  [/^(uk|ua|укр)/i, 'uk'],
  [/^(ru|рус)/i, 'ru'],
  [/^(en|gb|анг)/i, 'en'],
  [/^(bg|bul|бъл|бол)/i, 'bg'],
];

const PREFIXES: readonly (readonly [string, Language])[] = [
  ['+420', 'cs'],
  ['+380', 'uk'],
  ['+359', 'bg'],
  ['+44', 'en'],
  ['+1', 'en'],
  ['+7', 'ru'],
];

export interface LanguageFacts {
  customFields: Readonly<Record<string, unknown>>;
  /** E.164 */
  phone: string | null;
  name: string;
}

/** The language of a client, and what it was told by. */
export function clientLanguage(
  { customFields, phone, name }: LanguageFacts,
  clubDefault: Language,
): { language: Language; source: LanguageSource } {
  const told = languageOfFields(customFields);
  if (told) return { language: told, source: 'field' };
  const dialled = PREFIXES.find(([prefix]) => phone?.startsWith(prefix))?.[1];
  if (dialled) return { language: dialled, source: 'phone' };
  const spelled = languageOfName(name, clubDefault);
  if (spelled) return { language: spelled, source: 'name' };
  return { language: clubDefault, source: 'default' };
}

function languageOfFields(fields: Readonly<Record<string, unknown>>): Language | null {
  for (const [name, value] of Object.entries(fields)) {
    if (!FIELD.test(name.trim()) || typeof value !== 'string') continue;
    const answer = ANSWERS.find(([pattern]) => pattern.test(value.trim()));
    if (answer) return answer[1];
  }
  return null;
}

/** The language whose letters a name is written in; null when its letters are everybody's. */
export function languageOfName(name: string, clubDefault: Language): Language | null {
  const text = name.normalize('NFC').toLowerCase();
  if (/[ґєії]/.test(text)) return 'uk';
  if (/[ыэё]/.test(text)) return 'ru';
  // Russian has ъ only before a soft vowel; Bulgarian has it as a vowel of its own.
  if (/ъ(?![еёюя])/.test(text)) return 'bg';
  if (/\p{Script=Cyrillic}/u.test(text)) return isCyrillic(clubDefault) ? clubDefault : 'ru';
  return /[ěřů]/.test(text) ? 'cs' : null;
}

function isCyrillic(language: Language): boolean {
  return language === 'uk' || language === 'ru' || language === 'bg';
}
