import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** E.164 as people write it: "+420 777 100 006". */
export function phoneText(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
}
