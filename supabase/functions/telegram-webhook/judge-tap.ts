// A tap under the daily summary: what somebody thinks of a message that went out by itself. Changing one's mind is fine.
import { z } from 'zod';
import type { JudgeButton } from '../_shared/button.ts';
import { postShape } from '../_shared/post.ts';
import { summaryWords } from '../_shared/words/summary.ts';
import { personArgs } from './person.ts';
import type { Person } from './person.ts';
import { answerTap } from './tap.ts';
import type { Tap, TapDeps } from './tap.ts';

const judgementShape = z.looseObject({
  outcome: z.enum(['judged', 'unchanged', 'unknown', 'denied']),
  /** The summary, when the chat shows it as it was. */
  post: postShape.nullish(),
});
type Judgement = z.infer<typeof judgementShape>;

/** Nothing for whoever is denied. */
function toAnswer({ outcome }: Judgement, { verdict }: JudgeButton, { language }: Person): string {
  const words = summaryWords[language];
  switch (outcome) {
    case 'judged':
      return verdict === 'good' ? words.tapGood : words.tapBad;
    case 'unchanged':
      return words.tapKnown;
    case 'unknown':
      return words.tapGone;
    case 'denied':
      return '';
  }
}

export async function handleJudgeTap(
  tap: Tap,
  deps: TapDeps,
  person: Person,
  button: JudgeButton,
): Promise<void> {
  const { database, chat, now, log } = deps;
  const judgement = await database.call(
    'judge_message_in_telegram',
    {
      p_draft_id: button.draftId,
      p_is_good: button.verdict === 'good',
      ...personArgs(person),
      p_now: now().toISOString(),
    },
    judgementShape,
  );
  const { outcome, post } = judgement;
  const about = { draft_id: button.draftId, telegram_user_id: person.id };
  if (outcome === 'denied') log.warn('denied', about);
  else log.info('judged', { ...about, verdict: button.verdict, outcome });
  await answerTap(tap, deps, toAnswer(judgement, button, person), outcome !== 'unknown');
  if (post) await chat.redraw(post, log);
}
