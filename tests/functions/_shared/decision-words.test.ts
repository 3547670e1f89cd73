import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import { decisionWords } from '../../../supabase/functions/_shared/words/decision.ts';
import { skipWords } from '../../../supabase/functions/_shared/words/skip.ts';

/** As Telegram counts what appears over the chat, and what stands in an empty field. */
const LONGEST_TOAST = 200;
const LONGEST_PLACEHOLDER = 64;

const REASONS = [
  'no_phone',
  'suppressed',
  'no_consent',
  'came_back',
  'do_not_wake',
  'in_conversation',
  'resting',
  'already_sent',
  'cooldown',
  'frequency_cap',
  'no_template',
  'holdout',
  'daily_limit',
  'switched_off',
  'campaign_over',
  'too_long',
  'window_closed',
  'expired',
];

describe.each(LANGUAGES)('in %s', (language) => {
  const words = decisionWords[language];
  const say = skipWords[language];

  it('every answer to a tap fits over the chat', () => {
    const name = 'Maxmilián-Bartoloměj Novák Procházka';
    const by = [words.by.you, words.by.person(name), words.by.dashboard(name), words.by.dashboard(null)];
    const answers = [
      ...Object.values(words).filter((each) => typeof each === 'string'),
      ...Object.values(words.approvedFor),
      ...by.flatMap((who) => [words.alreadyApproved(who), words.alreadyRejected(who)]),
      ...REASONS.map((reason) => words.notSent(say(reason))),
      words.snoozed('24 listopadu, 09:00'),
      words.tooLateToSnooze('24 listopadu, 09:00'),
    ];
    for (const answer of answers) expect([...answer].length, answer).toBeLessThanOrEqual(LONGEST_TOAST);
    expect([...words.placeholder].length).toBeLessThanOrEqual(LONGEST_PLACEHOLDER);
  });

  it('every reason has words of its own, and one of tomorrow some', () => {
    expect(new Set(REASONS.map(say)).size).toBe(REASONS.length);
    expect(say('a reason of tomorrow')).toBe(say(null));
  });
});
