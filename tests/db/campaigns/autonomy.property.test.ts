import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { autonomyOf, earningClub, modeOf, remember } from '../decision-history.ts';
import type { Past } from '../decision-history.ts';
import { isAutonomous } from '../oracle-autonomy.ts';
import type { Asked } from '../oracle-autonomy.ts';

const clubs = useClubs();

const LANGUAGES = ['cs', 'uk'] as const;

/** Approvals are common, so that autonomy is earned about as often as not. */
const past: fc.Arbitrary<Past & { language: string }> = fc.record(
  {
    outcome: fc.constantFrom<Past['outcome'][]>(
      ...([
        'approved',
        'approved',
        'approved',
        'approved',
        'approved',
        'rejected',
        'expired',
        'cancelled',
      ] as const),
    ),
    language: fc.constantFrom(...LANGUAGES),
    isEdited: fc.oneof(
      { weight: 3, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    isAutomatic: fc.oneof(
      { weight: 5, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    judged: fc.constantFrom('good', 'bad'),
    contactedDaysAgo: fc.constantFrom(5, 20, 29, 30),
    optedOutAfterDays: fc.constantFrom(-1, 0, 7, 8, 40, 40),
    cause: fc.constantFrom('stop_word', 'button', 'unreachable'),
  },
  { requiredKeys: ['outcome', 'language', 'contactedDaysAgo', 'optedOutAfterDays'] },
);

const asked: fc.Arbitrary<Asked> = fc.record({
  approvals: fc.integer({ min: 1, max: 4 }),
  editedPercent: fc.constantFrom(0, 25, 50, 100),
  optOutPercent: fc.constantFrom(0, 10, 50, 100),
});

describe('autonomy', () => {
  it('is earned exactly when the rule in plain words says so, for every history, in each language by itself', async () => {
    let earned = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(past, { maxLength: 14 }), asked, async (history, rule) => {
        const campaign = await earningClub(await clubs.open(), {
          autonomy_min_approvals: rule.approvals,
          autonomy_max_edited_share: rule.editedPercent / 100,
          autonomy_max_opt_out_share: rule.optOutPercent / 100,
        });
        await remember(campaign, history);
        for (const language of LANGUAGES) {
          const own = history.filter((message) => message.language === language);
          const expected = isAutonomous(own, rule);
          earned += Number(expected);
          const { is_earned: isEarned, why } = await autonomyOf(campaign, language);
          expect(isEarned, why).toBe(expected);
          expect(await modeOf(campaign, language)).toBe(
            expected ? 'notification by earned' : 'moderation by club',
          );
        }
      }),
      { numRuns: 60 },
    );
    // Neither answer is so rare that the comparison proves nothing.
    expect(earned).toBeGreaterThan(10);
    expect(earned).toBeLessThan(110);
  });
});
