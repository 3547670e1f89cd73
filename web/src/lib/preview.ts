/** One client of a preview, as the database gives them: the first of each reason, each with how many there are. */
export interface PreviewRow {
  skip_reason: string | null;
  clients: number;
  client_id: number;
  external_id: string;
  name: string;
  segment: string | null;
  why: string;
}

export type PreviewClient = Omit<PreviewRow, 'skip_reason' | 'clients'>;

/** Clients of whom the same is true, some of them by name. */
export interface PreviewGroup {
  clients: number;
  people: PreviewClient[];
}

export interface Preview {
  /** Who would get it. */
  gets: PreviewGroup;
  /** Whose message of today is on its way, or there. */
  planned: PreviewGroup;
  /** Who would not, by the reason, the most frequent first. */
  others: (PreviewGroup & { reason: string })[];
}

const PLANNED = 'planned_today';

export function groupPreview(rows: PreviewRow[]): Preview {
  const groups = new Map<string | null, PreviewGroup>();
  for (const { skip_reason, clients, ...client } of rows) {
    const group = groups.get(skip_reason) ?? { clients, people: [] };
    group.people.push(client);
    groups.set(skip_reason, group);
  }
  const of = (reason: string | null) => groups.get(reason) ?? { clients: 0, people: [] };
  const others = [...groups].flatMap(([reason, group]) =>
    reason === null || reason === PLANNED ? [] : [{ reason, ...group }],
  );
  return {
    gets: of(null),
    planned: of(PLANNED),
    others: others.sort((left, right) => right.clients - left.clients),
  };
}
