/** How many clients went from one segment to another, or stayed where they were. */
export interface Flow {
  from: string;
  to: string;
  clients: number;
}

/** What those are called who are in no segment. */
export const UNSEGMENTED = 'unsegmented';

export interface FlowRow {
  code: string;
  /** One per segment, in the order asked for. */
  cells: number[];
  /** Who left it. */
  moved: number;
}

export interface FlowTable {
  rows: FlowRow[];
  /** Who came into each. */
  moved: number[];
  total: number;
}

/** From each segment to each; who stayed is in the cells, but in no sum. */
export function flowTable(flows: readonly Flow[], codes: readonly string[]): FlowTable {
  const clientsOf = (from: string, to: string) =>
    flows
      .filter((flow) => flow.from === from && flow.to === to)
      .reduce((sum, { clients }) => sum + clients, 0);
  const rows = codes.map((from) => {
    const cells = codes.map((to) => clientsOf(from, to));
    return { code: from, cells, moved: sumOf(cells.filter((_, index) => codes[index] !== from)) };
  });
  const moved = codes.map((to, index) =>
    sumOf(rows.filter(({ code }) => code !== to).map(({ cells }) => cells[index]!)),
  );
  return { rows, moved, total: sumOf(moved) };
}

/** How many went anywhere. */
export function movedClients(flows: readonly Flow[]): number {
  return sumOf(flows.filter(({ from, to }) => from !== to).map(({ clients }) => clients));
}

/** The segments that anybody left or came into, in the order given. */
export function concernedCodes(flows: readonly Flow[], codes: readonly string[]): string[] {
  const moves = flows.filter(({ from, to, clients }) => from !== to && clients > 0);
  return codes.filter((code) => moves.some(({ from, to }) => from === code || to === code));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
