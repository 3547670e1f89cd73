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
/** The same unfinished answer again and again means that nothing moves. */
const MOST_REPEATS = 20;
const REPEAT_PAUSE_MS = 500;
const unfinished = z.looseObject({ complete: z.literal(false) });

/** Calls a function as cron would, again while its answer says `"complete": false`, and returns the last answer. */
export async function callFunction(
  target: CallTarget,
  name: string,
  body: unknown = {},
  onRound: (answer: unknown, round: number) => void = () => undefined,
): Promise<CallAnswer> {
  let last = '';
  let repeats = 0;
  for (let round = 1; round <= MOST_ROUNDS && repeats < MOST_REPEATS; round += 1) {
    const answer = await callOnce(target, name, body);
    onRound(answer.body, round);
    if (answer.status >= 400 || !unfinished.safeParse(answer.body).success) return answer;
    const text = JSON.stringify(answer.body);
    repeats = text === last ? repeats + 1 : 0;
    last = text;
    if (repeats > 0) await sleep(REPEAT_PAUSE_MS);
  }
  throw new StackProblem(`The function ${name} does not get further; its last answer was ${last} See the stack's log.`);
}

async function callOnce({ functionsUrl, cronKey }: CallTarget, name: string, body: unknown): Promise<CallAnswer> {
  let response: Response;
  try {
    response = await fetch(`${functionsUrl}/${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', apikey: cronKey },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new StackProblem(`The stack does not answer at ${functionsUrl}: start it with "npm run stack -- up".`, {
      cause: error,
    });
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
    throw new StackProblem(`The body is not JSON (${errorMessage(error)}): write it like '{"mode":"full"}'.`, {
      cause: error,
    });
  }
}
