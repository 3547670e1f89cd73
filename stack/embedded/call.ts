import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { errorMessage, StackProblem } from './problem.ts';

export interface CallTarget {
  functionsUrl: string;
  cronKey: string;
}

export interface CallAnswer {
  status: number;
  body: unknown;
}

const MOST_ROUNDS = 10_000;
/** The same unfinished answer for three minutes means that nothing moves; a scheduled run in the way ends sooner. */
const MOST_REPEATS = 90;
const REPEAT_PAUSE_MS = 2_000;
const unfinished = z.looseObject({ complete: z.literal(false), next: z.unknown().optional() });

/**
 * Calls a function as cron would, again while its answer says `"complete": false` (with the body it names as `next`, else the same),
 * and returns the last answer.
 */
export async function callFunction(
  target: CallTarget,
  name: string,
  body: unknown = {},
  onRound: (answer: unknown, round: number) => void = () => undefined,
): Promise<CallAnswer> {
  let given = body;
  let last = '';
  let repeats = 0;
  for (let round = 1; round <= MOST_ROUNDS && repeats < MOST_REPEATS; round += 1) {
    const answer = await callOnce(target, name, given);
    onRound(answer.body, round);
    const more = unfinished.safeParse(answer.body);
    if (answer.status >= 400 || !more.success) return answer;
    given = more.data.next ?? given;
    const text = JSON.stringify(answer.body);
    repeats = text === last ? repeats + 1 : 0;
    last = text;
    if (repeats > 0) await sleep(REPEAT_PAUSE_MS);
  }
  throw new StackProblem(
    `The function ${name} does not get further; its last answer was ${last} See the stack's log.`,
  );
}

async function callOnce(
  { functionsUrl, cronKey }: CallTarget,
  name: string,
  body: unknown,
): Promise<CallAnswer> {
  let response: Response;
  try {
    response = await fetch(`${functionsUrl}/${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', apikey: cronKey },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new StackProblem(
      `The stack does not answer at ${functionsUrl}: start it with "npm run stack -- up".`,
      {
        cause: error,
      },
    );
  }
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch (error) {
    throw new StackProblem(
      `The function ${name} answered ${response.status} with something that is not JSON: ${text.slice(0, 200)} (${errorMessage(error)})`,
      { cause: error },
    );
  }
}

/** The command's last argument. */
export function parseBody(text: string | undefined): unknown {
  if (text === undefined) return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StackProblem(
      `The body is not JSON (${errorMessage(error)}): write it like '{"mode":"full"}'.`,
      {
        cause: error,
      },
    );
  }
}
