// Drafts one task as the product does, and keeps what a reader of the results wants to know.
import { failedChecks } from '../../../shared/draft-checks/check-draft.ts';
import type { CheckName } from '../../../shared/draft-checks/check-draft.ts';
import { createLog } from '../../../supabase/functions/_shared/log.ts';
import type { Claude } from '../../../supabase/functions/draft-messages/claude.ts';
import { createWriter, toDraftTask } from '../../../supabase/functions/draft-messages/writer.ts';
import type { DraftUsage } from '../../../supabase/functions/draft-messages/writer.ts';
import type { EvaluatedTask } from './members.ts';

export interface Evaluated {
  scenario: string;
  language: string;
  member: number;
  form: string;
  source: 'claude' | 'static';
  message: string;
  hasName: boolean;
  isNamed: boolean;
  usage: DraftUsage;
  /** The checks that each try of Claude's failed, in their order; an empty list for one that passed. */
  tries: CheckName[][];
  /** Whether what was kept fails a check: never, or something is broken. */
  isWronglyKept: boolean;
}

export async function evaluate(
  claude: Claude,
  { scenario, language, member, task }: EvaluatedTask,
): Promise<Evaluated> {
  const tries: CheckName[][] = [];
  const listened: Claude = {
    model: claude.model,
    async ask(...question) {
      const asked = await claude.ask(...question);
      const { answer } = asked;
      const draft = { language: answer.language, message: answer.message, factsUsed: answer.facts_used };
      tries.push(Object.keys(failedChecks(draft, toDraftTask(task))) as CheckName[]);
      return asked;
    },
  };
  const now = () => new Date();
  const log = createLog({ name: 'eval', now, secrets: [], write: () => undefined });
  const { source, message, usage } = await createWriter({ claude: listened, now })(task, log);
  const isWronglyKept = source === 'claude' && tries.at(-1)?.length !== 0;
  return {
    scenario,
    language,
    member,
    form: task.form,
    source,
    message,
    hasName: task.address !== null,
    isNamed: task.address !== null && message.includes(task.address),
    usage,
    tries,
    isWronglyKept,
  };
}
