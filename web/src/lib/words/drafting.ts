import type { Drafting, DraftingDay, Wording } from '#lib/drafting.ts';
import type { BudgetCode } from '#lib/drafting-form.ts';
import { formatCents, formatDollars, formatMicroDollars } from '#lib/format/dollars.ts';
import { counted, formatCount } from '#lib/format/number.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { Clock } from '#lib/format/time.ts';
import type { Tone } from './tone.ts';

interface Said {
  tone: Tone;
  text: string;
  /** What to do about it, or what happens meanwhile. */
  detail: string;
}

const STANDARD = 'Until then members get the standard texts, in their own language.';

/** Why there is no answer, with what to do where somebody can. */
function failureCure(reason: string): string {
  if (/^Claude answered 40[13] /.test(reason)) {
    return `Whoever runs Regulars sets a valid ANTHROPIC_API_KEY for its functions. ${STANDARD}`;
  }
  return `Each new message asks again. ${STANDARD}`;
}

function stateWords(drafting: Drafting, clock: Clock): Said {
  const since = drafting.since === null ? '' : ` since ${formatInstant(drafting.since, clock)}`;
  switch (drafting.state) {
    case 'on':
      return {
        tone: 'good',
        text: `On. Claude (${drafting.model}) writes the drafts.`,
        detail:
          'Each text is checked by code before anybody sees it; one that fails twice is replaced by the standard text.',
      };
    case 'off':
      return {
        tone: 'calm',
        text: 'Drafting is off: there is no key for Claude.',
        detail: `Whoever runs Regulars sets ANTHROPIC_API_KEY for its functions; drafting then begins by itself. ${STANDARD}`,
      };
    case 'unseen':
      return {
        tone: 'warn',
        text:
          drafting.seen_at === null
            ? 'Not known yet: the function draft-messages has not run.'
            : `The function draft-messages has not run since ${formatInstant(drafting.seen_at, clock)}.`,
        detail:
          'It is called by the database’s schedules. While it does not run, planned messages get no text at all.',
      };
    case 'no_budget':
      return {
        tone: 'calm',
        text: 'Claude is never asked: a limit of the day is zero.',
        detail:
          'Members get the standard texts, in their own language. Raise the limits to have drafts written.',
      };
    case 'budget_money':
      return {
        tone: 'warn',
        text: `Today’s drafting budget of ${formatDollars(drafting.budget_usd)} is used up${since}.`,
        detail: 'Standard texts take over until midnight, or until somebody raises the budget.',
      };
    case 'budget_drafts':
      return {
        tone: 'warn',
        text: `Today’s ${counted(drafting.daily_drafts, 'draft', 'drafts')} by Claude are used up${since}.`,
        detail: 'Standard texts take over until midnight, or until somebody raises the limit.',
      };
    case 'failing':
      return {
        tone: 'bad',
        text: `Claude has written nothing${since}: ${drafting.reason ?? 'no reason was given'}.`,
        detail: failureCure(drafting.reason ?? ''),
      };
  }
}

const fields: Record<BudgetCode, { title: string; unit: string; meaning: string }> = {
  drafting_budget_usd: {
    title: 'Money in a day',
    unit: 'US dollars',
    meaning: 'What Anthropic bills for drafts, repairs and trials of the voice. 0: Claude is never asked.',
  },
  drafting_daily_drafts: {
    title: 'Drafts in a day',
    unit: 'drafts',
    meaning: 'However little they cost. 0: Claude is never asked.',
  },
};

const causes: Record<string, string> = {
  off: 'no key',
  budget_money: 'budget used up',
  budget_drafts: 'drafts used up',
  no_answer: 'no answer',
  checks: 'failed the checks twice',
  template: 'did not fit the template',
  unknown: 'no reason kept',
};

/** "12: 10 no key, 2 no answer"; the most frequent first. */
function staticWords({ static: texts }: DraftingDay): { all: number; why: string } {
  const entries = Object.entries(texts).sort(([, one], [, other]) => other - one);
  return {
    all: entries.reduce((sum, [, count]) => sum + count, 0),
    why: entries.map(([cause, count]) => `${formatCount(count)} ${causes[cause] ?? cause}`).join(', '),
  };
}

function author({ source, author: by, author_name: name, usage }: Wording, me: string): string {
  if (source === 'claude') return usage.model ? `Claude (${usage.model})` : 'Claude';
  if (source === 'static') return 'Standard text';
  if (by === `operator:${me}`) return 'You';
  return by.startsWith('telegram:')
    ? `${name ?? 'A moderator'}, in Telegram`
    : `${name ?? 'An operator'}, in the dashboard`;
}

/** What else is known of how it was written, a fact a line. */
function wordingFacts({ usage }: Wording): string[] {
  const facts: string[] = [];
  if (usage.fallback_reason) facts.push(`Not by Claude: ${usage.fallback_reason}.`);
  if (usage.repaired?.length) facts.push(`The first try was not accepted: ${usage.repaired.join(' ')}`);
  if (usage.cost_micro_usd && usage.attempts) {
    facts.push(
      `Cost ${formatCents(usage.cost_micro_usd)}, ${counted(usage.attempts, 'question', 'questions')}.`,
    );
  }
  if (usage.prompt_version && usage.attempts) {
    const voice = usage.voice_version ? `version ${usage.voice_version}` : 'the standard one';
    facts.push(`Prompt ${usage.prompt_version}, voice: ${voice}.`);
  }
  return facts;
}

export const draftingWords = {
  title: 'Drafting',
  lead: 'Claude writes each message from facts, never from names or phones. Where it is not asked or does not deliver, the standard text of the scenario goes out in its place.',
  stateTitle: 'Now',
  stateWords,
  toSettings: 'Drafting settings',
  today: {
    title: 'Today’s budget',
    money: 'Money',
    drafts: 'Drafts by Claude',
    spent: ({ spent_micro_usd, reserved_micro_usd, budget_usd }: Drafting) =>
      `${formatMicroDollars(spent_micro_usd + reserved_micro_usd)} of ${formatDollars(budget_usd)}`,
    written: ({ drafts, daily_drafts }: Drafting) => `${formatCount(drafts)} of ${formatCount(daily_drafts)}`,
    reserved: (micro: number) =>
      `${formatMicroDollars(micro)} of it is reserved for questions whose cost is not known yet.`,
    midnight: 'A new day begins at the club’s midnight.',
  },
  budget: {
    title: 'Limits of a day',
    lead: 'Before Claude is asked, the most that a draft can cost is reserved, so that a limit is never passed. The owner is told in the moderation chat the first time in a day that one is reached.',
    fields,
    save: 'Save the limits',
    saved: 'Saved. It holds from the next draft on.',
    same: 'Nothing was changed.',
    readOnly: 'Only an owner or operator of the club may change these.',
    notANumber: (code: BudgetCode) =>
      `${fields[code].title}: give a number, such as ${code === 'drafting_budget_usd' ? '1.50' : '500'}.`,
  },
  days: {
    title: 'The last 30 days',
    caption: 'What was drafted on each day, by whom and at what cost',
    none: 'Nothing has been drafted yet.',
    noneDetail: 'A row appears on the first day that a message is planned.',
    columns: ['Day', 'By Claude', 'Cost', 'Standard texts', 'Repaired', 'Mean time', 'Tokens in, out'],
    static: staticWords,
    repaired: ({ repaired, by_claude }: DraftingDay) =>
      by_claude === 0
        ? '–'
        : new Intl.NumberFormat('en-GB', { style: 'percent' }).format(repaired / by_claude),
    latency: (ms: number | null) => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`),
    tokens: ({ input_tokens, output_tokens }: DraftingDay) =>
      `${formatCount(input_tokens)}, ${formatCount(output_tokens)}`,
    cost: ({ cost_micro_usd, reserved_micro_usd }: DraftingDay) =>
      formatMicroDollars(cost_micro_usd + reserved_micro_usd),
    about:
      'The cost counts everything that was asked: repairs, trials of the voice, and questions whose answer got lost. Repaired: drafts by Claude that passed the checks at the second try.',
    sum: (days: DraftingDay[]) =>
      `${formatMicroDollars(days.reduce((sum, day) => sum + day.cost_micro_usd + day.reserved_micro_usd, 0))} in all`,
  },
  wording: { title: 'Written by', author, facts: wordingFacts },
};
