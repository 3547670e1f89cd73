/** Whether the messages changed anything, as the database puts it. */
export const VERDICTS = ['works', 'works against', 'no difference seen', 'not enough data yet'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a scenario or campaign did and changed in a period. */
export interface Effect {
  scenario: string;
  /** Null for the automated scenarios. */
  campaign_id: number | null;
  name: string;
  planned: number;
  /** How many candidates were skipped, by the code of the reason. */
  skipped: Record<string, number>;
  drafted: number;
  approved: number;
  sent: number;
  delivered: number;
  read: number;
  replied: number;
  opted_out: number;
  booked: number;
  returned: number;
  revenue_of_returners_minor: number;
  cost_minor: number | null;
  messaged_clients: number;
  messaged_returned: number;
  control_clients: number;
  control_returned: number;
  waiting_clients: number;
  return_rate: number | null;
  control_rate: number | null;
  lift: number | null;
  lift_low: number | null;
  lift_high: number | null;
  verdict: Verdict;
  return_days: number;
  lift_min_clients: number;
  holdout_share: number;
  message_price_minor: number | null;
  computed_at: string;
  data_until: string | null;
}
