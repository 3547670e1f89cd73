import { z } from 'zod';
import { safeFirstName } from '../booking/first-name.ts';
import { clientLanguage } from '../booking/language.ts';
import { toE164 } from '../booking/phone.ts';
import type { ClientRow } from '../booking/rows.ts';
import { birthDate, id, languageWord, optionalText, text, yesNo } from './cells.ts';
import type { ImportClub } from './import-club.ts';
import type { ReadRow } from './read-file.ts';

export function clientReader(club: ImportClub): ReadRow<ClientRow> {
  const schema = z.object({
    client_id: id,
    name: text,
    first_name: optionalText,
    surname: optionalText,
    phone: text,
    email: text,
    birth_date: birthDate(club),
    language: languageWord,
    no_marketing: yesNo,
  });

  return (cells) => {
    const client = schema.parse(cells);
    const name = client.name || `${client.first_name} ${client.surname}`.trim();
    const phone = toE164(client.phone, club.country);
    const facts = { customFields: { language: client.language }, phone, name };
    const { language, source } = clientLanguage(facts, club.defaultLanguage);
    const row: ClientRow = {
      external_id: client.client_id,
      name,
      // A column of its own says which word is the first name; a name of two words does not.
      first_name: safeFirstName(client.first_name || client.name, client.first_name && client.surname),
      phone,
      email: client.email || null,
      birth_date: client.birth_date,
      language,
      language_source: source,
      is_excluded_from_mailings: client.no_marketing,
      platform_changed_at: null,
      raw: cells,
    };
    const isUnreadable = client.phone !== '' && phone === null;
    const cause = `"${client.phone}" is no phone number: the client is kept without one, and gets no messages.`;
    return { row, warnings: isUnreadable ? [{ column: 'phone', cause }] : [] };
  };
}
