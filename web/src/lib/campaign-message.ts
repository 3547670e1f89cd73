/** A template in one language. */
export interface Variant {
  name: string;
  language: string;
  body: string;
  footer: string | null;
  parameters: string[];
  is_usable: boolean;
  why_not: string | null;
}

export interface MessageSlot {
  language: string;
  /** What a member would read it in; none: only a line that was written for another choice. */
  variant: Variant | null;
  /** Of the audience, who would read it in this language. */
  clients: number;
}

/**
 * The languages in which something is to be said: of each that the audience speaks, its own variant, else the fallback's; and
 * those for which a line was written already, so that none is lost by choosing another template.
 */
export function messageSlots(
  variants: Variant[],
  templateName: string,
  fallback: string,
  audience: { language: string; clients: number }[],
  messages: Record<string, string>,
): MessageSlot[] {
  const usable = variants.filter(({ name, is_usable }) => name === templateName && is_usable);
  const variantIn = (language: string) => usable.find((variant) => variant.language === language) ?? null;
  const slots = new Map<string, MessageSlot>();
  const add = (language: string, clients: number) => {
    const known = slots.get(language) ?? { language, variant: variantIn(language), clients: 0 };
    slots.set(language, { ...known, clients: known.clients + clients });
  };
  for (const { language, clients } of audience) {
    if (variantIn(language)) add(language, clients);
    else if (fallback && variantIn(fallback)) add(fallback, clients);
  }
  if (fallback && variantIn(fallback)) add(fallback, 0);
  for (const [language, line] of Object.entries(messages)) if (line.trim() !== '') add(language, 0);
  return [...slots.values()].toSorted((left, right) => right.clients - left.clients);
}

/** Facts of nobody in particular, for a message that is only looked at. */
const EXAMPLES: Record<string, string> = {
  first_name: 'Anna',
  visits_total: '24',
  days_since_last_visit: '21',
};

/** The message as a member would read it; a place for which there is nothing yet stays as it is. */
export function renderMessage(variant: Variant, club: string, message: string): string {
  const facts: Record<string, string> = { ...EXAMPLES, club, message: message.trim() };
  const body = variant.body.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => facts[name] || place);
  return variant.footer ? `${body}\n\n${variant.footer}` : body;
}

export function mentionsExamples(variant: Variant): boolean {
  return variant.parameters.some((parameter) => parameter in EXAMPLES);
}
