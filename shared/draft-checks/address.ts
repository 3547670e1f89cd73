// The only placeholder there is. Our code puts the form of the member's first name there by which one addresses them, so it may
// stand only where one is addressed: any other place would want another grammatical case.
import type { Check } from './checked-text.ts';

export const FIRST_NAME = '{first_name}';

export class MissingAddressError extends Error {
  override name = 'MissingAddressError';
  constructor() {
    super(
      `The message addresses the member with ${FIRST_NAME}, but no form of the name is known: write it without.`,
    );
  }
}

/** The message as the member will read it. Throws MissingAddressError when it wants a name that there is none for. */
export function fillAddress(message: string, address: string | null): string {
  if (!message.includes(FIRST_NAME)) return message;
  if (address === null) throw new MissingAddressError();
  return message.replaceAll(FIRST_NAME, () => address);
}

/** At the beginning of a sentence and set off from it, or set off by commas, or after a comma at the end of a sentence. */
const VOCATIVE = /(?:^|[.!?…] )\{first_name\}[,!] |, \{first_name\}[,.!?…]/u;
/** English greets without a comma. */
const ENGLISH_GREETING = /^(?:hi|hello|dear|good (?:morning|afternoon|evening|day)) \{first_name\}[,!]/iu;

export const checkAddress: Check = ({ written, language }, { address }) => {
  const uses = written.split(FIRST_NAME).length - 1;
  if (uses === 0) return [];
  if (address === null) return [`Write without ${FIRST_NAME}: no form of the member's name is known.`];
  if (uses > 1) return [`Use ${FIRST_NAME} once at most.`];
  if (VOCATIVE.test(written) || (language === 'en' && ENGLISH_GREETING.test(written))) return [];
  return [
    `${FIRST_NAME} may only address the member: first in a sentence with a comma after it, between two commas, or after a comma at the end of a sentence.`,
  ];
};
