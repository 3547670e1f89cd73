import { describe, expect, it } from 'vitest';
import { BUDGET_FIELDS, readBudgetForm } from '../../../web/src/lib/drafting-form.ts';
import type { Drafting } from '../../../web/src/lib/drafting.ts';

const DRAFTING: Drafting = {
  state: 'on',
  model: 'claude-test',
  seen_at: '2026-06-15T10:00:00Z',
  budget_usd: 1,
  daily_drafts: 500,
  spent_micro_usd: 0,
  reserved_micro_usd: 0,
  drafts: 0,
  since: null,
  reason: null,
};

/** The form as the page shows it, with something typed over it. */
function form(typed: Record<string, string> = {}): FormData {
  const fields = new FormData();
  for (const { code, valueOf } of BUDGET_FIELDS) {
    fields.set(code, valueOf(DRAFTING));
    fields.set(`was.${code}`, valueOf(DRAFTING));
  }
  for (const [code, text] of Object.entries(typed)) fields.set(code, text);
  return fields;
}

describe('the form of the drafting budget', () => {
  it('shows money with its cents', () => {
    expect(BUDGET_FIELDS.map(({ valueOf }) => valueOf(DRAFTING))).toEqual(['1.00', '500']);
    const [money] = BUDGET_FIELDS;
    expect([0, 0.5, 0.005, 1000].map((budget_usd) => money.valueOf({ ...DRAFTING, budget_usd }))).toEqual([
      '0.00',
      '0.50',
      '0.005',
      '1000.00',
    ]);
  });

  it('sends only what was changed', () => {
    expect(readBudgetForm(form()).changes).toEqual({});
    expect(readBudgetForm(form({ drafting_budget_usd: ' 2,50 ' })).changes).toEqual({
      drafting_budget_usd: 2.5,
    });
    expect(readBudgetForm(form({ drafting_daily_drafts: '0' })).changes).toEqual({
      drafting_daily_drafts: 0,
    });
  });

  it.each(['', 'a dollar', '$2', '1e3', 'NaN'])('says what to do about %j, and keeps it', (text) => {
    const { typed, changes, mistakes } = readBudgetForm(form({ drafting_budget_usd: text }));
    expect(mistakes).toEqual(['Money in a day: give a number, such as 1.50.']);
    expect(changes).toEqual({});
    expect(typed['drafting_budget_usd']).toBe(text);
  });
});
