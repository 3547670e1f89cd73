import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';

/** Up to this many digits, a number without + is one of the club's own country: a country code and a number need more. */
const LONGEST_NATIONAL = 9;

/**
 * A phone in E.164, or null when it is not a valid number. Platforms give digits with the country code, as text or as
 * a number, often without the plus; people type national numbers, with or without the zero.
 */
export function toE164(value: unknown, country: string): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  const digits = text.replace(/\D/g, '');
  if (text.startsWith('+')) return international(digits);
  return digits.length <= LONGEST_NATIONAL
    ? (national(digits, country) ?? international(digits))
    : (international(digits) ?? national(digits, country));
}

function international(digits: string): string | null {
  return valid(parsePhoneNumberFromString(`+${digits}`));
}

function national(digits: string, country: string): string | null {
  return valid(parsePhoneNumberFromString(digits, country as CountryCode));
}

function valid(phone: ReturnType<typeof parsePhoneNumberFromString>): string | null {
  return phone?.isValid() ? phone.number : null;
}
