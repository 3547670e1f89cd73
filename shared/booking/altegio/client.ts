import { z } from 'zod';
import { safeFirstName } from '../first-name.ts';
import { clientLanguage } from '../language.ts';
import { parseBirthDate, parseMoment } from '../moment.ts';
import { toE164 } from '../phone.ts';
import type { BookingClub } from '../provider.ts';
import type { ClientRow } from '../rows.ts';
import { anything, flag, id, mapping, text } from './fields.ts';

const clientSchema = z.object({
  id,
  name: text,
  surname: text,
  display_name: text,
  phone: text,
  email: text,
  birth_date: anything,
  sms_not: flag,
  last_change_date: anything,
  custom_fields: mapping,
});

export function readClient(raw: unknown, club: BookingClub): ClientRow {
  const client = clientSchema.parse(raw);
  const name = client.display_name || `${client.name} ${client.surname}`.trim();
  const phone = toE164(client.phone, club.country);
  const facts = { customFields: client.custom_fields, phone, name: `${client.name} ${client.surname}` };
  const { language, source } = clientLanguage(facts, club.defaultLanguage);
  return {
    external_id: client.id,
    name,
    first_name: safeFirstName(client.name, client.surname),
    phone,
    email: client.email || null,
    birth_date: parseBirthDate(client.birth_date),
    language,
    language_source: source,
    // `sms_not` takes a client out of mailings of every kind.
    is_excluded_from_mailings: client.sms_not,
    platform_changed_at: parseMoment(client.last_change_date)?.at ?? null,
    raw,
  };
}
