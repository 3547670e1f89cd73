// The headers of the files a club without an API can import. docs/import.md explains each column to whoever fills them in.

interface Column {
  name: string;
  /** May be left out of the header. */
  isOptional?: true;
}

export const COLUMNS = {
  clients: [
    { name: 'client_id' },
    { name: 'name' },
    { name: 'first_name', isOptional: true },
    { name: 'surname', isOptional: true },
    { name: 'phone' },
    { name: 'email' },
    { name: 'birth_date' },
    { name: 'language' },
    { name: 'no_marketing' },
  ],
  visits: [
    { name: 'visit_id' },
    { name: 'client_id' },
    { name: 'starts_at' },
    { name: 'service' },
    { name: 'trainer', isOptional: true },
    { name: 'status', isOptional: true },
    { name: 'service_kind', isOptional: true },
  ],
  payments: [
    { name: 'payment_id' },
    { name: 'client_id' },
    { name: 'amount' },
    { name: 'paid_at' },
    { name: 'title' },
  ],
  consents: [
    { name: 'client_id', isOptional: true },
    { name: 'phone', isOptional: true },
    { name: 'basis' },
    { name: 'source' },
    { name: 'text_version' },
    { name: 'language', isOptional: true },
    { name: 'given_at' },
    { name: 'proof', isOptional: true },
    { name: 'withdrawn_at', isOptional: true },
  ],
} as const satisfies Record<string, readonly Column[]>;

export type FileKind = keyof typeof COLUMNS;

export const FILE_KINDS = [
  'clients',
  'visits',
  'payments',
  'consents',
] as const satisfies readonly FileKind[];

export const columnsOf = (kind: FileKind): readonly Column[] => COLUMNS[kind];
