// Whatever comes in place of an answer: a member gets checked words or the static line, the money is counted, nothing is stuck.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkDraft } from '../../../shared/draft-checks/check-draft.ts';
import type { Language } from '../../../shared/draft-checks/draft.ts';
import { costMicroUsd } from '../../../supabase/functions/draft-messages/prices.ts';
import { PROMPT_VERSION } from '../../../supabase/functions/draft-messages/prompt.ts';
import { mostTokens } from '../../../supabase/functions/draft-messages/question.ts';
import { addMember, planDraft, readDraft } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';

const MODEL = 'claude-haiku-5-5';
const FACTS = { days_since_last_visit: 74, visits_total: 31, usual_weekday: 'tuesday' };
/** What one answer costs that got lost on its way. */
const LOST = costMicroUsd(MODEL, mostTokens(MODEL));

let world: Messaging;
beforeAll(async () => {
  world = await openMessaging({ moderationLanguage: 'cs', claudeTimeoutMs: 400 });
  await world.run('sync-templates', { mode: 'submit' });
});
afterAll(() => world.closeAll());
afterEach(() => world.outside.control('DELETE', '/claude/faults'));

const requests = async () => (await world.outside.control('GET', '/claude/requests')).requests;

async function chargeOf(draftId: string) {
  const [charge] = await world.sql`
    select cost_micro_usd::integer as cost, attempts from campaigns.drafting_charges where draft_id = ${draftId}`;
  return charge!;
}

/** Drafts one message; what became of it, after making sure that nothing is left behind. */
async function draftOne(language: Language = 'cs') {
  // A chat takes twenty cards a minute.
  world.pass(5000);
  const draftId = await planDraft(world, await addMember(world, language), { language, variables: FACTS });
  const answer = await world.run('draft-messages');
  expect(answer).toMatchObject({ status: 200, body: { drafted: 1, complete: true } });
  expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 0, complete: true });

  const draft = await readDraft(world, draftId);
  expect(draft).toMatchObject({ status: 'pending', lease_token: null, leased_until: null, version: 1 });
  expect(await chargeOf(draftId)).toEqual({
    cost: draft.usage.cost_micro_usd,
    attempts: draft.usage.attempts,
  });
  if (draft.source === 'claude') {
    const facts = Object.entries(FACTS).map(([id, value]) => ({ id, value }));
    const task = { language, form: 'template', facts, maxLength: 200, address: null } as const;
    expect(
      checkDraft(
        { language, message: draft.message, factsUsed: [] },
        { ...task, forbiddenWords: [], lastMessage: null },
      ),
    ).toEqual([]);
  } else {
    const [line] = await world.sql`
      select message from campaigns.static_messages where scenario = 'reactivation' and language = ${language}`;
    expect(draft).toMatchObject({ source: 'static', author: 'system:static', message: line!.message });
    expect(draft.usage).toMatchObject({
      prompt_version: PROMPT_VERSION,
      fallback_reason: expect.any(String),
    });
  }
  return draft;
}

describe('Words that are wrong', () => {
  const WRONG = [
    ['an invented number and offer', 'invent', 'not among the facts'],
    ['another language', 'wrong_language', 'not look like Czech|Latin letters|letters that Czech'],
    ['nothing', 'empty', 'empty'],
    ['a refusal to write', 'decline', 'Claude wrote nothing'],
    ['too much', 'too_long', 'at most 200'],
    ['two lines', 'multiline', 'one line'],
    ['what it read in the request', 'obey', '.'],
  ] as const;

  it.each(WRONG)('once (%s) go back with the reasons', async (_, kind, reason) => {
    const before = (await requests()).length;
    await world.fault('claude', kind);
    const draft = await draftOne();
    expect(draft).toMatchObject({ source: 'claude', usage: { attempts: 2 } });
    expect(draft.usage.repaired.join(' ')).toMatch(new RegExp(reason));

    const [first, second] = (await requests()).slice(before);
    expect(JSON.parse(second.request.messages[0].content[0].text).previous_attempt).toEqual({
      message: JSON.parse(first.answer.content[0].text).message,
      problems: draft.usage.repaired,
    });
    expect(draft.usage.cost_micro_usd).toBe(
      costMicroUsd(MODEL, first.answer.usage) + costMicroUsd(MODEL, second.answer.usage),
    );
  });

  it.each(WRONG)('twice (%s) give way to the static line', async (_, kind, reason) => {
    await world.fault('claude', kind, { times: 'always' });
    const draft = await draftOne();
    expect(draft).toMatchObject({ source: 'static', usage: { attempts: 2, fallback_cause: 'checks' } });
    expect(draft.usage.fallback_reason).toMatch(new RegExp(reason));
    expect(draft.usage.cost_micro_usd).toBeGreaterThan(0);
  });

  it.each(['cs', 'uk', 'ru', 'en', 'bg'] as const)('give way to it in %s', async (language) => {
    await world.fault('claude', 'invent', { times: 'always' });
    expect(await draftOne(language)).toMatchObject({ source: 'static', usage: { fallback_cause: 'checks' } });
  });
});

describe('No answer', () => {
  it.each([
    ['a refusal', 'refuse', {}, /declined/, 1],
    ['an answer that was cut off', 'truncate', {}, /cut off \(max_tokens\)/, 1],
    ['an answer of another shape', 'malformed', {}, /shape agreed/, 1],
    ['an answer that costs nobody knows what', 'no_usage', {}, /no answer of Claude/, LOST],
    ['a page of a proxy', 'proxy_page', {}, /no answer of Claude/, LOST],
    ['a key that is refused', 'unauthorized', {}, /401 \(authentication_error\)/, 0],
    ['a question that is refused', 'bad_request', {}, /400 \(invalid_request_error\)/, 0],
    ['an overload, twice', 'overloaded', { times: 2 }, /529 \(overloaded_error\)/, 0],
    ['a rate limit, twice', 'rate_limit', { times: 2, retry_after: 0 }, /429 \(rate_limit_error\)/, 0],
    ['an error, twice', 'server_error', { times: 2 }, /500 \(api_error\)/, 0],
    ['a broken connection, twice', 'broken_connection', { times: 2 }, /could not be reached/, LOST],
    ['no answer in time, twice', 'slow', { times: 2, ms: 700 }, /did not answer within 0.4 s/, LOST],
  ])('(%s) ends in the static line, and in what it cost', async (_, kind, more, reason, cost) => {
    await world.fault('claude', kind, more);
    const draft = await draftOne();
    expect(draft).toMatchObject({ source: 'static', usage: { attempts: 1, fallback_cause: 'no_answer' } });
    expect(draft.usage.fallback_reason).toMatch(reason);
    // 1: something, by the tokens of an answer that came.
    if (cost === 1) expect(draft.usage.cost_micro_usd).toBeGreaterThan(0);
    else expect(draft.usage.cost_micro_usd).toBe(cost);
  });

  it.each([
    ['an overload', 'overloaded', {}],
    ['a rate limit', 'rate_limit', { retry_after: 0 }],
    ['an error', 'server_error', {}],
    ['a broken connection', 'broken_connection', {}],
    ['no answer in time', 'slow', { ms: 700 }],
  ])('once (%s) is asked for again at once', async (_, kind, more) => {
    await world.fault('claude', kind, more);
    expect(await draftOne()).toMatchObject({ source: 'claude', usage: { attempts: 1 } });
  });
});

describe('A worker that dies after its question', () => {
  it('leaves its draft to the next one, and its money in the books', async () => {
    const draftId = await planDraft(world, await addMember(world), { variables: FACTS });
    await world.database.call(
      'claim_drafts',
      {
        p_limit: 5,
        p_lease_seconds: 180,
        p_model: MODEL,
        p_estimate_micro_usd: 2000,
        p_now: world.now().toISOString(),
      },
      z.unknown(),
    );
    expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 0 });
    world.pass(181_000);
    await world.sync();
    expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 1, fallbacks: 0 });
    const charges = await world.sql`
      select estimate_micro_usd::integer as estimate, cost_micro_usd is null as is_open
      from campaigns.drafting_charges where draft_id = ${draftId} order by charged_at`;
    expect(charges).toMatchObject([{ estimate: 2000, is_open: true }, { is_open: false }]);
  });
});
