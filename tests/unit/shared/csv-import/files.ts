import { checkImport } from '../../../../shared/csv-import/check-import.ts';
import type { CheckedImport, ImportFiles } from '../../../../shared/csv-import/check-import.ts';
import { FILE_KINDS } from '../../../../shared/csv-import/columns.ts';
import type { FileKind } from '../../../../shared/csv-import/columns.ts';
import type { CsvFile } from '../../../../shared/csv-import/csv-table.ts';
import type { ImportClub } from '../../../../shared/csv-import/import-club.ts';

export const CLUB: ImportClub = {
  timezone: 'Europe/Prague',
  country: 'CZ',
  currency: 'CZK',
  defaultLanguage: 'cs',
  now: new Date('2026-06-15T10:00:00Z'),
  knownClients: new Set(['known']),
  knownPhones: new Map([['+420601000111', ['known']]]),
};

export const HEADERS: Record<FileKind, string> = {
  clients: 'client_id,name,first_name,surname,phone,email,birth_date,language,no_marketing',
  visits: 'visit_id,client_id,starts_at,service,trainer,status,service_kind',
  payments: 'payment_id;client_id;amount;paid_at;title',
  consents: 'client_id,phone,basis,source,text_version,language,given_at,proof,withdrawn_at',
};

export function csvFile(name: string, text: string): CsvFile {
  return { name, content: new TextEncoder().encode(text) };
}

/** Checks whole texts, each as the file of its kind. */
export function checkTexts(texts: Partial<Record<FileKind, string>>, club = CLUB): CheckedImport {
  const files: ImportFiles = {};
  for (const kind of FILE_KINDS) {
    const text = texts[kind];
    if (text !== undefined) files[kind] = csvFile(`${kind}.csv`, text);
  }
  return checkImport(files, club);
}

/** Checks rows under the whole header of their kind. */
export function checkRows(kind: FileKind, ...rows: string[]): CheckedImport {
  return checkTexts({ [kind]: [HEADERS[kind], ...rows, ''].join('\n') });
}

/** `visits.csv 3 starts_at` of each problem. */
export function placesOf({ problems }: CheckedImport): string[] {
  return problems.map(({ file, row, column }) => `${file} ${row} ${column ?? '-'}`);
}
