// What a platform tells of a club, one thing at a time: told in whatever order that keeps the last word about each thing last, it
// leaves the same club behind.
import fc from 'fast-check';
import type { Club } from '../club.ts';
import { ENTITIES, rowTold, tellServices } from '../history.ts';
import { TABLES, batchesOf } from '../operations.ts';
import type { Table } from '../operations.ts';
import { KINDS } from '../oracle.ts';
import type { KnownClub, KnownRows, KnownTables } from '../oracle.ts';
import { Story } from '../story.ts';
import type { Changes } from '../story.ts';

export interface Telling {
  /** What it is about: a client, a row, a service, the settings. */
  about: string;
  tell: (club: Club) => Promise<unknown>;
}

export interface ToldClub {
  tellings: Telling[];
  /** What is so when all is told. */
  known: KnownClub;
}

/** Everything of so many batches, all on one day. */
export function tellingsOf(seed: number, count: number): ToldClub {
  const story = new Story();
  for (const kind of KINDS) story.known.kinds.set(kind, kind);
  const tellings: Telling[] = [{ about: 'services', tell: tellServices }];
  let batches = 0;
  for (const batch of batchesOf(seed)) {
    if (batches === count) break;
    batches += 1;
    tellings.push(...tellingsOfBatch(story.happen({ ...batch, daysPassed: 0 }), story.known));
  }
  return { tellings, known: story.known };
}

function tellingsOfBatch(changes: Changes, known: KnownClub): Telling[] {
  const { there, gone, kinds, areSettingsNew } = changes;
  const settings = { ...known.settings };
  return [
    ...[...there].map((name) => ({ about: `client ${name}`, tell: (club: Club) => club.client(name) })),
    ...[...gone].map((name) => ({ about: `client ${name}`, tell: (club: Club) => club.deleteClient(name) })),
    ...[...kinds].map(([service, kind]) => ({
      about: `service ${service}`,
      tell: (club: Club) => club.sql`select crm.set_service_kind(${club.id}, ${service}, ${kind})`,
    })),
    ...(areSettingsNew ? [{ about: 'settings', tell: (club: Club) => club.set(settings) }] : []),
    ...TABLES.flatMap((table) => tellingsOfTable(table, changes, known)),
  ];
}

function tellingsOfTable<T extends Table>(table: T, changes: Changes, known: KnownTables): Telling[] {
  const rows: Map<string, KnownRows[T]> = known[table];
  const entity = ENTITIES[table];
  const told = [...changes.rows[table]].map((id) => {
    const row = { ...rows.get(id)! };
    return { about: id, tell: (club: Club) => club.apply(entity, [rowTold(table, id, row, club)]) };
  });
  const removed = [...changes.removed[table]].map((id) => ({
    about: id,
    tell: (club: Club) => club.sql`
      delete from ${club.sql(`crm.${entity}`)} where club_id = ${club.id} and external_id = ${id}`,
  }));
  return [...told, ...removed];
}

/** Any order in which the last word about each thing stays the last; the services come first, as titles guess their kinds. */
export function inAnotherOrder([services, ...tellings]: Telling[], seed: number): Telling[] {
  const all = fc.shuffledSubarray(tellings, { minLength: tellings.length });
  const [shuffled] = fc.sample(all, { seed, numRuns: 1 });
  const lastWords = new Map(tellings.map((telling) => [telling.about, telling]));
  const places = new Map(shuffled!.map(({ about }, place) => [about, place]));
  const ordered = [...shuffled!];
  for (const [about, lastWord] of lastWords) {
    const place = places.get(about)!;
    ordered[ordered.indexOf(lastWord)] = ordered[place]!;
    ordered[place] = lastWord;
  }
  return [services!, ...ordered];
}
