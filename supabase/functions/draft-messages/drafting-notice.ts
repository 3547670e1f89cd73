// What the owner is told about drafting, as the database hands it out and as the moderation chat says it.
import { z } from 'zod';
import { escapeHtml } from '../_shared/card-text.ts';

const budget = z.object({
  budget_usd: z.number(),
  daily_drafts: z.number(),
  spent_micro_usd: z.number(),
  reserved_micro_usd: z.number(),
  drafts: z.number(),
});
const failure = z.object({ since: z.string(), reason: z.string().nullable() });

const about = { club_id: z.number(), club: z.string(), notice_date: z.string() };

export const draftingNotice = z.discriminatedUnion('kind', [
  z.object({ ...about, kind: z.literal('budget_money'), detail: budget }),
  z.object({ ...about, kind: z.literal('budget_drafts'), detail: budget }),
  z.object({ ...about, kind: z.literal('key_refused'), detail: failure }),
  z.object({ ...about, kind: z.literal('no_answer'), detail: failure }),
]);
export type DraftingNotice = z.infer<typeof draftingNotice>;

/** Cents at least; a budget of less shows all it has. */
const dollars = (amount: number): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: amount < 0.1 ? 6 : 2,
  }).format(amount);

const counted = (drafts: number) =>
  `${new Intl.NumberFormat('en-US').format(drafts)} ${drafts === 1 ? 'draft' : 'drafts'}`;

/** What is reserved is said when it is a good part of the budget: it may come back, and Claude with it. */
function usedFor({ budget_usd, reserved_micro_usd, drafts }: z.infer<typeof budget>): string {
  const reserved = reserved_micro_usd / 1e6;
  if (reserved < budget_usd / 10) return counted(drafts);
  return `${counted(drafts)}, ${dollars(reserved)} reserved for those under way`;
}

function sentences(notice: DraftingNotice): string {
  const { kind, detail } = notice;
  switch (kind) {
    case 'budget_money':
      return `today's drafting budget of ${dollars(detail.budget_usd)} is used up (${usedFor(detail)}). Standard texts take over until midnight.`;
    case 'budget_drafts':
      return `today's ${counted(detail.daily_drafts)} by Claude are written (${dollars(
        (detail.spent_micro_usd + detail.reserved_micro_usd) / 1e6,
      )} so far). Standard texts take over until midnight.`;
    case 'key_refused':
      return `Claude refuses the key: ${detail.reason ?? 'no reason given'}. Members get the standard texts until a valid ANTHROPIC_API_KEY is set.`;
    case 'no_answer':
      return `Claude has written nothing for a day: ${detail.reason ?? 'no reason given'}. Members get the standard texts; each new message asks again.`;
  }
}

export const toNoticeText = (notice: DraftingNotice): string =>
  `✏️ <b>${escapeHtml(notice.club)}</b>: ${escapeHtml(sentences(notice))} Settings → Drafting.`;
