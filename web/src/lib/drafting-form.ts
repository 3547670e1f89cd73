import type { Drafting } from '#lib/drafting.ts';
import { draftingWords } from '#lib/words/drafting.ts';

/** The limits of a day, as the database knows them and as they stand in the form. */
export const BUDGET_FIELDS = [
  {
    code: 'drafting_budget_usd',
    isMoney: true,
    valueOf: (drafting: Drafting) => moneyText(drafting.budget_usd),
  },
  {
    code: 'drafting_daily_drafts',
    isMoney: false,
    valueOf: (drafting: Drafting) => String(drafting.daily_drafts),
  },
] as const;

/** With its cents, or with every digit it has. */
function moneyText(amount: number): string {
  const exact = String(amount);
  return /\.\d{3,}$/.test(exact) ? exact : amount.toFixed(2);
}

export type BudgetCode = (typeof BUDGET_FIELDS)[number]['code'];
export type BudgetChanges = Partial<Record<BudgetCode, number>>;

const NUMBER = /^-?\d+(?:[.,]\d+)?$/;

export interface BudgetForm {
  /** What was typed, by code. */
  typed: Record<string, string>;
  /** What differs from what was there when the form was opened; what somebody else changed meanwhile stays so. */
  changes: BudgetChanges;
  mistakes: string[];
}

/** Reads the form: a field of each code, and of each a `was.<code>` with what was there before. */
export function readBudgetForm(fields: FormData): BudgetForm {
  const typed: Record<string, string> = {};
  const changes: BudgetChanges = {};
  const mistakes: string[] = [];
  for (const { code } of BUDGET_FIELDS) {
    const text = fields.get(code);
    if (typeof text !== 'string') continue;
    typed[code] = text;
    const given = text.trim();
    if (given === fields.get(`was.${code}`)) continue;
    if (NUMBER.test(given)) changes[code] = Number(given.replace(',', '.'));
    else mistakes.push(draftingWords.budget.notANumber(code));
  }
  return { typed, changes, mistakes };
}
