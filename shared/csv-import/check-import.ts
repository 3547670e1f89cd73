// The files of a club, checked as a whole before anything of them is kept: the same rows as a booking platform's adapter gives.
import type { ClientRow, EntityRows } from '../booking/rows.ts';
import { catalogueOf } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { clientReader } from './client.ts';
import { FILE_KINDS } from './columns.ts';
import { consentReader, repeatedConsents } from './consent.ts';
import type { ConsentRow } from './consent.ts';
import type { FileKind } from './columns.ts';
import { readTable } from './csv-table.ts';
import type { CsvFile, CsvTable } from './csv-table.ts';
import type { ImportClub } from './import-club.ts';
import { paymentReader } from './payment.ts';
import type { ImportProblem } from './problem.ts';
import { readRows } from './read-file.ts';
import type { ReadFile, ReadRow } from './read-file.ts';
import { visitReader } from './visit.ts';

export type ImportFiles = Partial<Record<FileKind, CsvFile>>;

/** In the order in which they are applied: whoever is named comes before whoever names them. */
export const IMPORTED_ENTITIES = ['services', 'staff', 'clients', 'bookings', 'payments'] as const;
export type ImportedEntity = (typeof IMPORTED_ENTITIES)[number];

export interface CheckedImport {
  rows: { [Name in ImportedEntity]: EntityRows[Name][] };
  serviceKinds: Catalogue['serviceKinds'];
  consents: ConsentRow[];
  /** While there is one, nothing may be applied. */
  problems: ImportProblem[];
  warnings: ImportProblem[];
}

const NO_ROWS: ReadFile<never> = { rows: [], problems: [], warnings: [] };

export function checkImport(files: ImportFiles, club: ImportClub): CheckedImport {
  const tables: Partial<Record<FileKind, CsvTable>> = {};
  for (const kind of FILE_KINDS) {
    const file = files[kind];
    if (file) tables[kind] = readTable(file, kind);
  }
  // A client whose row has a problem is known all the same: one mistake is told once.
  const imported = tables.clients?.rows.map(({ cells }) => cells['client_id']!.trim()) ?? [];
  const clientIds = new Set([...club.knownClients, ...imported]);

  const read = <Row>(kind: FileKind, idColumn: string | null, readRow: ReadRow<Row>): ReadFile<Row> => {
    const [file, table] = [files[kind], tables[kind]];
    if (!file || !table) return NO_ROWS;
    const result = readRows(file, table.rows, idColumn, readRow);
    return { ...result, problems: [...table.problems, ...result.problems] };
  };
  const clients = read('clients', 'client_id', clientReader(club));
  const visits = read('visits', 'visit_id', visitReader(club, clientIds));
  const payments = read('payments', 'payment_id', paymentReader(club, clientIds));
  const consents = read('consents', null, consentReader(club, clientIds, ownersOf(club, clients)));
  const catalogue = catalogueOf(files.visits?.name ?? '', visits.rows);

  const valuesOf = <Row>({ rows }: ReadFile<Row>) => rows.map(({ value }) => value);
  return {
    rows: {
      services: catalogue.services,
      staff: catalogue.staff,
      clients: valuesOf(clients),
      bookings: valuesOf(visits).map(({ booking }) => booking),
      payments: valuesOf(payments),
    },
    serviceKinds: catalogue.serviceKinds,
    consents: valuesOf(consents),
    problems: [
      ...byRow(clients.problems),
      ...byRow([...visits.problems, ...catalogue.problems]),
      ...byRow(payments.problems),
      ...byRow([...consents.problems, ...repeatedConsents(files.consents?.name ?? '', consents.rows)]),
    ],
    warnings: [...clients.warnings, ...visits.warnings, ...payments.warnings],
  };
}

/** Whose phone is whose once the clients file is in: its row says which phone a client has from now on. */
function ownersOf(club: ImportClub, { rows }: ReadFile<ClientRow>): ReadonlyMap<string, readonly string[]> {
  const phones = new Map<string, string | null>();
  for (const [phone, clients] of club.knownPhones) for (const client of clients) phones.set(client, phone);
  for (const { value } of rows) phones.set(value.external_id, value.phone);
  const owners = new Map<string, string[]>();
  for (const [client, phone] of phones) {
    if (phone !== null) owners.set(phone, [...(owners.get(phone) ?? []), client]);
  }
  return owners;
}

function byRow(problems: readonly ImportProblem[]): ImportProblem[] {
  return problems.toSorted((one, other) => one.row - other.row);
}
