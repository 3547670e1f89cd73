import type { JSONValue, Sql, TransactionSql } from 'postgres';
import { LANGUAGES } from '../../shared/booking/language.ts';
import { checkImport, IMPORTED_ENTITIES } from '../../shared/csv-import/check-import.ts';
import type { CheckedImport, ImportedEntity, ImportFiles } from '../../shared/csv-import/check-import.ts';
import type { FileKind } from '../../shared/csv-import/columns.ts';
import type { ImportClub } from '../../shared/csv-import/import-club.ts';
import type { ImportProblem } from '../../shared/csv-import/problem.ts';
import { StackProblem } from '../embedded/problem.ts';

/** As a page of the booking platform's sync: large enough to be quick, small enough for one statement. */
const CHUNK = 1_000;

/** What a file is applied as; services and trainers have no file of their own. */
const ENTITIES_OF: Record<FileKind, readonly ImportedEntity[]> = {
  clients: ['clients'],
  visits: ['services', 'staff', 'bookings'],
  payments: ['payments'],
  consents: [],
};

/** The files cannot be applied as they are. */
export class ImportRefusedError extends Error {
  readonly problems: ImportProblem[];

  constructor(problems: ImportProblem[], options?: ErrorOptions) {
    super('Nothing was imported: correct the files, then import them again.', options);
    this.name = 'ImportRefusedError';
    this.problems = problems;
  }
}

// A type, since an interface would not pass as a JSON value.
export type EntityCount = { rows: number; new: number; changed: number };

export type ImportCounts = Partial<Record<ImportedEntity | 'consents', EntityCount>>;

export interface ImportRequest {
  clubId: number;
  files: ImportFiles;
  now: Date;
}

/** Reads and checks the files against what the club has, and changes nothing. Throws an ImportRefusedError. */
export async function checkFiles(sql: Sql, { clubId, files, now }: ImportRequest): Promise<CheckedImport> {
  if (hasFacts(files)) await sql`select crm.check_importable(${clubId})`;
  const checked = checkImport(files, await readClub(sql, clubId, now));
  if (checked.problems.length > 0) throw new ImportRefusedError(checked.problems);
  return checked;
}

/** Applies checked files in one transaction, with everything that is computed from them: all of it or nothing. */
export async function applyFiles(
  sql: Sql,
  checked: CheckedImport,
  { clubId, files, now }: ImportRequest,
): Promise<ImportCounts> {
  return sql.begin(async (transaction) => {
    const counts: ImportCounts = {};
    if (hasFacts(files))
      Object.assign(counts, await applyFacts(transaction, checked, { clubId, files, now }));
    if (files.consents) {
      counts.consents = await applyConsents(transaction, checked.consents, files.consents.name, {
        clubId,
        now,
      });
    }
    return counts;
  });
}

/** Whom the club may write to is its own knowledge, whoever keeps its clients and visits. */
const hasFacts = (files: ImportFiles) => Object.keys(files).some((kind) => kind !== 'consents');

async function applyFacts(
  sql: TransactionSql,
  checked: CheckedImport,
  { clubId, files, now }: ImportRequest,
): Promise<ImportCounts> {
  const kinds = Object.keys(files) as FileKind[];
  const given = new Set(kinds.flatMap((kind) => ENTITIES_OF[kind]));
  await sql`select crm.begin_import(${clubId}, ${now})`;
  const counts: ImportCounts = {};
  for (const entity of IMPORTED_ENTITIES.filter((each) => given.has(each))) {
    counts[entity] = await applyEntity(sql, clubId, entity, checked.rows[entity]);
    // A booking takes the kind of its service when it comes in.
    if (entity === 'services') {
      await sql`
        select crm.apply_service_kinds(${clubId}, ${sql.json(checked.serviceKinds as JSONValue)})`;
    }
  }
  await sql`select crm.finish_import(${clubId}, ${sql.json(counts)}, ${now})`;
  await sql`select segments.tick(${clubId}, ${now})`;
  // Files bring years of history: its lines are drawn anew by the schedule.
  await sql`select metrics.forget_replayed(${clubId})`;
  return counts;
}

async function applyEntity(
  sql: TransactionSql,
  clubId: number,
  entity: ImportedEntity,
  rows: CheckedImport['rows'][ImportedEntity],
): Promise<EntityCount> {
  const before = await countRows(sql, clubId, entity);
  let touched = 0;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = sql.json(rows.slice(start, start + CHUNK) as unknown as JSONValue);
    const [applied] = await sql<{ rows: number }[]>`
      select crm.apply_rows(${clubId}, ${entity}, ${chunk})::int as rows`;
    touched += applied!.rows;
  }
  const added = (await countRows(sql, clubId, entity)) - before;
  return { rows: rows.length, new: added, changed: touched - added };
}

async function applyConsents(
  sql: TransactionSql,
  consents: CheckedImport['consents'],
  file: string,
  { clubId, now }: Pick<ImportRequest, 'clubId' | 'now'>,
): Promise<EntityCount> {
  const rows = sql.json(consents as unknown as JSONValue);
  const [imported] = await sql<{ counts: { new: number; changed: number } }[]>`
    select outbox.import_consents(${clubId}, ${rows}, ${`import:${file}`}, ${now}) as counts`;
  return { rows: consents.length, ...imported!.counts };
}

async function countRows(sql: TransactionSql, clubId: number, entity: ImportedEntity): Promise<number> {
  const [count] = await sql<{ rows: number }[]>`
    select count(*)::int as rows from ${sql(`crm.${entity}`)} where club_id = ${clubId}`;
  return count!.rows;
}

async function readClub(sql: Sql, clubId: number, now: Date): Promise<ImportClub> {
  const [club] = await sql<{ timezone: string; country: string; currency: string; language: string }[]>`
    select timezone, country, currency, default_language as language from core.clubs where club_id = ${clubId}`;
  if (!club) throw new StackProblem(`There is no club ${clubId}: see core.clubs for the ids.`);
  const { timezone, country, currency, language } = club;
  const defaultLanguage = LANGUAGES.find((each) => each === language);
  if (!defaultLanguage) {
    throw new StackProblem(
      `The language "${language}" of club ${clubId} is not one of ${LANGUAGES.join(', ')}: set core.clubs.default_language.`,
    );
  }
  const known = await sql<{ external_id: string; phone: string | null }[]>`
    select external_id, case when deleted_at is null then phone end as phone
    from crm.clients where club_id = ${clubId} order by client_id`;
  const knownClients = new Set(known.map((client) => client.external_id));
  const knownPhones = new Map<string, string[]>();
  for (const { external_id: client, phone } of known) {
    if (phone !== null) knownPhones.set(phone, [...(knownPhones.get(phone) ?? []), client]);
  }
  return { timezone, country, currency, defaultLanguage, now, knownClients, knownPhones };
}
