/** The messages of a month that WhatsApp puts in one category at one type of price; null: it has not said. */
export interface CostLine {
  month_date: string;
  category: string | null;
  price_type: string | null;
  delivered: number;
  billable: number | null;
  cost_minor: number | null;
}

export interface CostMonth {
  /** Its first day. */
  month: string;
  lines: CostLine[];
  delivered: number;
  /** Of what WhatsApp named a type of price for; null: of nothing in this month. */
  billable: number | null;
  /** Null: nobody told us what a message costs, or WhatsApp not which it bills. */
  cost_minor: number | null;
  /** Delivered, and WhatsApp has not said whether it bills them. */
  unsaid: number;
}

/** The lines of each month and their sum, in the order in which the months come. */
export function costMonths(lines: CostLine[], priceMinor: number | null): CostMonth[] {
  return [...Map.groupBy(lines, ({ month_date }) => month_date)].map(([month, own]) => {
    const sum = (of: (line: CostLine) => number | null) =>
      own.reduce((all, line) => all + (of(line) ?? 0), 0);
    const [delivered, unsaid] = [
      sum((line) => line.delivered),
      sum((line) => (line.billable === null ? line.delivered : 0)),
    ];
    const isSaid = unsaid < delivered;
    return {
      month,
      lines: own,
      delivered,
      billable: isSaid ? sum(({ billable }) => billable) : null,
      cost_minor: isSaid && priceMinor !== null ? sum(({ cost_minor }) => cost_minor) : null,
      unsaid,
    };
  });
}
