import { z } from 'zod';
import type { Moment } from '../booking/moment.ts';
import { toE164 } from '../booking/phone.ts';
import { wallClock } from '../booking/wall-clock.ts';
import { consentLanguage, moment, oneOf, optionalMoment, optionalText, requiredText } from './cells.ts';
import type { ImportClub } from './import-club.ts';
import { knownClient } from './known-client.ts';
import type { ImportProblem } from './problem.ts';
import type { NumberedRow, ReadRow } from './read-file.ts';

/** A consent, or the notice an existing customer got, as the ledger keeps it. */
export interface ConsentRow {
  client_external_id: string;
  basis: 'consent' | 'existing_customer';
  source: string;
  text_version: string;
  language: string | null;
  given_at: string | null;
  given_local: string | null;
  proof: string;
  withdrawn_at: string | null;
  withdrawn_local: string | null;
}

/** Who has a phone, as the clients file and the club know it. */
export type ClientsByPhone = ReadonlyMap<string, readonly string[]>;

const past = (club: ImportClub) =>
  moment(club).refine(({ isFuture }) => !isFuture, {
    error: 'This day is still to come: correct the date.',
  });

export function consentReader(
  club: ImportClub,
  clients: ReadonlySet<string>,
  byPhone: ClientsByPhone,
): ReadRow<ConsentRow> {
  const clock = ({ at, local }: Moment) => local ?? wallClock(new Date(at!), club.timezone);
  const schema = z
    .object({
      client_id: optionalText.check(knownClient(clients)),
      phone: optionalText,
      basis: oneOf(['consent', 'existing_customer']),
      source: requiredText('write where the consent was given, such as form, contract or reception'),
      text_version: requiredText('write which wording the member was shown'),
      language: consentLanguage,
      given_at: past(club),
      proof: optionalText,
      withdrawn_at: optionalMoment(club),
    })
    .check(({ value: { given_at: given, withdrawn_at: withdrawn }, issues }) => {
      if (withdrawn === null || clock(withdrawn) >= clock(given)) return;
      const message = 'Nobody withdraws a consent before giving it: correct one of the two dates.';
      issues.push({ code: 'custom', path: ['withdrawn_at'], input: withdrawn, message });
    })
    .transform(({ client_id: client, phone, ...consent }, context) => {
      const owner = ownerOf(client, phone, club, byPhone);
      if ('client' in owner) return { ...consent, client: owner.client };
      context.addIssue({ code: 'custom', path: [owner.column], message: owner.cause });
      return z.NEVER;
    });

  return (cells) => {
    const consent = schema.parse(cells);
    const row: ConsentRow = {
      client_external_id: consent.client,
      basis: consent.basis,
      source: consent.source,
      text_version: consent.text_version,
      language: consent.language || null,
      given_at: consent.given_at.at,
      given_local: consent.given_at.local,
      proof: consent.proof,
      withdrawn_at: consent.withdrawn_at?.at ?? null,
      withdrawn_local: consent.withdrawn_at?.local ?? null,
    };
    return { row, warnings: [] };
  };
}

function ownerOf(
  client: string,
  given: string,
  { country }: ImportClub,
  byPhone: ClientsByPhone,
): { client: string } | { column: string; cause: string } {
  if (client !== '') return { client };
  if (given === '') {
    return { column: 'client_id', cause: 'Nobody is named: write the id of a client, or their phone.' };
  }
  const phone = toE164(given, country);
  if (phone === null) {
    return {
      column: 'phone',
      cause: `"${given}" is no phone number: correct it, or write the id of the client.`,
    };
  }
  const [owner, ...others] = byPhone.get(phone) ?? [];
  if (owner === undefined) {
    return {
      column: 'phone',
      cause: `No client has the phone "${given}": correct it, or write the id of the client.`,
    };
  }
  if (others.length === 0) return { client: owner };
  const cause = `The clients ${[owner, ...others].join(', ')} share the phone "${given}", and a consent is one's own: write the id of who gave it.`;
  return { column: 'phone', cause };
}

/** The same consent twice in a file: the ledger could not tell which row is right. */
export function repeatedConsents(file: string, rows: readonly NumberedRow<ConsentRow>[]): ImportProblem[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ row, value }) => {
    const {
      client_external_id: client,
      basis,
      source,
      text_version: version,
      given_at: at,
      given_local: local,
    } = value;
    const key = JSON.stringify([client, basis, source, version, at, local]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, row);
      return [];
    }
    const cause = `This consent is already in row ${first}: keep one of the two rows.`;
    return [{ file, row, column: null, cause }];
  });
}
