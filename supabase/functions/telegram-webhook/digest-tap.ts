// A tap on a digest: everything it stands for is approved, or its messages come one by one. The database says which of them may go.
import { z } from 'zod';
import type { DigestButton } from '../_shared/button.ts';
import { postShape } from '../_shared/post.ts';
import { digestWords } from '../_shared/words/digest.ts';
import type { Person } from './person.ts';
import { personArgs } from './person.ts';
import { answerTap } from './tap.ts';
import type { Tap, TapDeps } from './tap.ts';

const decisionShape = z.looseObject({
  outcome: z.enum(['approved', 'one_by_one', 'already_decided', 'old_version', 'unknown', 'denied']),
  approved: z.number().optional(),
  expired: z.number().optional(),
  not_eligible: z.record(z.string(), z.number()).optional(),
  decided_by_name: z.string().nullish(),
  post: postShape.nullish(),
});
type Decision = z.infer<typeof decisionShape>;

function toAnswer(decision: Decision, language: Person['language']): string {
  const words = digestWords[language];
  switch (decision.outcome) {
    case 'approved': {
      const refused = Object.values(decision.not_eligible ?? {}).reduce((sum, count) => sum + count, 0);
      const parts = [
        `✅ ${words.approved(decision.approved ?? 0)}`,
        refused > 0 && words.notSent(refused),
        (decision.expired ?? 0) > 0 && words.expired(decision.expired ?? 0),
      ];
      return parts.filter((part) => part !== false).join(', ');
    }
    case 'one_by_one':
      return words.tapSplit;
    case 'already_decided':
      return words.tapDecided(decision.decided_by_name ?? null);
    case 'old_version':
      return words.tapOld;
    case 'unknown':
      return words.tapGone;
    case 'denied':
      return '';
  }
}

export async function handleDigestTap(
  tap: Tap,
  deps: TapDeps,
  person: Person,
  button: DigestButton,
): Promise<void> {
  const { database, chat, now, log } = deps;
  const decision = await database.call(
    'decide_digest_in_telegram',
    {
      p_club_id: button.clubId,
      p_digest_id: button.digestId,
      p_version: button.version,
      p_decision: button.action,
      ...personArgs(person),
      p_now: now().toISOString(),
    },
    decisionShape,
  );
  const { outcome, post } = decision;
  const about = { club_id: button.clubId, digest_id: button.digestId, telegram_user_id: person.id };
  if (outcome === 'denied') log.warn('denied', about);
  else log.info('digest_tapped', { ...about, action: button.action, outcome });
  const isCalm = outcome === 'approved' || outcome === 'one_by_one' || outcome === 'denied';
  await answerTap(tap, deps, toAnswer(decision, person.language), isCalm);
  if (post && outcome !== 'denied') await chat.redraw(post, log);
}
