/** What a draft says about how it was written. */
export interface Wording {
  source: 'claude' | 'static' | 'operator';
  author: string;
  author_name: string | null;
  usage: {
    model?: string | null | undefined;
    prompt_version?: string | null | undefined;
    voice_version?: number | null | undefined;
    attempts?: number | null | undefined;
    cost_micro_usd?: number | null | undefined;
    repaired?: string[] | null | undefined;
    fallback_reason?: string | null | undefined;
  };
}

export const DRAFTING_STATES = [
  'on',
  'off',
  'unseen',
  'no_budget',
  'budget_money',
  'budget_drafts',
  'failing',
] as const;

/** How drafting stands in a club, and what of today's budget is used; money in millionths of a US dollar. */
export interface Drafting {
  state: (typeof DRAFTING_STATES)[number];
  model: string | null;
  seen_at: string | null;
  budget_usd: number;
  daily_drafts: number;
  spent_micro_usd: number;
  reserved_micro_usd: number;
  drafts: number;
  /** Since when it stands still, and why. */
  since: string | null;
  reason: string | null;
}

/** A day on which anything was drafted. */
export interface DraftingDay {
  day: string;
  by_claude: number;
  repaired: number;
  /** Standard texts by why they were taken. */
  static: Record<string, number>;
  input_tokens: number;
  output_tokens: number;
  mean_latency_ms: number | null;
  cost_micro_usd: number;
  reserved_micro_usd: number;
}
