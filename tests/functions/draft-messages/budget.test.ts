import { afterEach, describe, expect, it } from 'vitest';
import { estimateMicroUsd } from '../../../supabase/functions/draft-messages/question.ts';
import { addMember, planDraft, readDraft } from '../members.ts';
import { CLUB, openMessaging } from '../messaging.ts';
import type { Messaging, MessagingOptions } from '../messaging.ts';

let world: Messaging;
afterEach(() => world.closeAll());

async function open(settings: Record<string, number>, options?: MessagingOptions): Promise<void> {
  world = await openMessaging(options);
  await world.run('sync-templates', { mode: 'submit' });
  if (Object.keys(settings).length > 0) await world.sql`update core.settings set ${world.sql(settings)}`;
}

/** In the language of the moderation chat: nothing is asked but drafts. */
const plan = async () => planDraft(world, await addMember(world, 'en', 'Eve Newman'), { language: 'en' });

/** Plans drafts, has them written, and returns them in the order of their planning. */
async function write(drafts: number) {
  const ids: string[] = [];
  for (let number = 0; number < drafts; number += 1) ids.push(await plan());
  await world.run('draft-messages');
  return Promise.all(ids.map((id) => readDraft(world, id)));
}

const asked = async () => (await world.outside.control('GET', '/claude/requests')).requests.length;

/** What the moderation chat was told beside cards. */
const told = async (): Promise<{ text: string; buttons: unknown[] }[]> =>
  (await world.outside.control('GET', '/telegram/chat')).messages.filter(({ text }: { text: string }) =>
    text.startsWith('✏️'),
  );

const nextRun = (seconds = 61) => {
  world.pass(seconds * 1000);
  return world.run('draft-messages');
};

describe('At the limit of drafts', () => {
  it('the standard text takes over, says why, and asks Claude nothing', async () => {
    await open({ drafting_daily_drafts: 2 });
    const drafts = await write(4);
    expect(drafts.map(({ source }) => source).sort()).toEqual(['claude', 'claude', 'static', 'static']);
    expect(await asked()).toBe(2);
    const [standard] = drafts.filter(({ source }) => source === 'static');
    expect(standard).toMatchObject({
      status: 'pending',
      usage: { fallback_cause: 'budget_drafts', attempts: 0, cost_micro_usd: 0 },
    });
  });

  it('the owner is told in the moderation chat, in plain words, once', async () => {
    await open({ drafting_daily_drafts: 2 });
    await write(3);
    await write(2);
    await nextRun();
    const messages = await told();
    expect(messages).toHaveLength(1);
    expect(messages[0]!.text).toMatch(
      /^✏️ Vltava Fit: today's 2 drafts by Claude are written \(\$\d.+ so far\)\. Standard texts take over until midnight\. Settings → Drafting\.$/,
    );
  });

  it('Claude writes again after the club’s midnight, and the next limit is told anew', async () => {
    await open({ drafting_daily_drafts: 1 });
    await write(2);
    // 10:00 in Prague: midnight is 14 hours away.
    world.pass(14 * 3600_000 - 60_000);
    await world.sync();
    expect((await write(1))[0]).toMatchObject({ source: 'static' });
    world.pass(120_000);
    await world.sync();
    expect((await write(1))[0]).toMatchObject({ source: 'claude' });
    expect(await told()).toHaveLength(1);
    await write(1);
    expect(await told()).toHaveLength(2);
  });
});

describe('At the limit of money', () => {
  it('nothing is asked that could cost more than what is left, and the figures are told', async () => {
    const estimate = estimateMicroUsd('claude-haiku-5-5') / 1e6;
    await open({ drafting_budget_usd: estimate });
    const drafts = await write(1);
    expect(drafts[0]).toMatchObject({ source: 'claude' });
    // What it really cost leaves less than another claim may cost.
    const [next] = await write(1);
    expect(next).toMatchObject({ source: 'static', usage: { fallback_cause: 'budget_money' } });
    expect(await asked()).toBe(1);
    expect((await told()).map(({ text }) => text)).toEqual([
      `✏️ Vltava Fit: today's drafting budget of $${estimate} is used up (1 draft). Standard texts take over until midnight. Settings → Drafting.`,
    ]);
  });

  it('what the day cost is the sum of what its drafts say they cost', async () => {
    await open({});
    const drafts = await write(7);
    const [{ spent, reserved }] = (await world.sql`
      select spent_micro_usd::int as spent, reserved_micro_usd::int as reserved
      from campaigns.charged(${CLUB}, core.local_date(${CLUB}, ${world.now()}))`) as unknown as [
      { spent: number; reserved: number },
    ];
    expect(reserved).toBe(0);
    expect(spent).toBe(drafts.reduce((sum, { usage }) => sum + usage.cost_micro_usd, 0));
    expect(spent).toBeGreaterThan(0);
  });
});

describe('The notice', () => {
  it('waits while Telegram refuses it, and is told by a later run', async () => {
    await open({ drafting_daily_drafts: 1 });
    await world.fault('telegram', 'bad_gateway', { method: 'sendMessage', times: 2 });
    await write(2);
    expect(await told()).toHaveLength(0);
    for (let run = 0; run < 3; run += 1) await nextRun();
    expect(await told()).toHaveLength(1);
  });

  it('is told once by two workers at the same moment', async () => {
    await open({ drafting_daily_drafts: 1 });
    for (let number = 0; number < 2; number += 1) await plan();
    await Promise.all([world.run('draft-messages'), world.run('draft-messages')]);
    await nextRun();
    expect(await told()).toHaveLength(1);
  });

  it('of a day that is over is not told any more', async () => {
    await open({ drafting_daily_drafts: 1 });
    await world.sql`
      select campaigns.notice_drafting(${CLUB}, 'budget_drafts', '{}', ${new Date(world.now().getTime() - 86_400_000)})`;
    await nextRun();
    expect(await told()).toHaveLength(0);
  });

  it('leads to the settings where Telegram takes the link', async () => {
    await open({ drafting_daily_drafts: 1 }, { dashboardUrl: 'https://club.example' });
    await write(2);
    expect((await told())[0]!.buttons).toEqual([
      [{ text: 'Open in dashboard', url: `https://club.example/clubs/${CLUB}/settings/drafting` }],
    ]);
  });
});

describe('When Claude refuses the key', () => {
  it('members get the standard texts, it costs nothing, and the owner is told once a day', async () => {
    await open({}, { claudeApiKey: 'sk-ant-of-somebody-else' });
    const [first] = await write(1);
    expect(first).toMatchObject({
      source: 'static',
      usage: { fallback_cause: 'no_answer', cost_micro_usd: 0 },
    });
    await write(2);
    const messages = await told();
    expect(messages).toHaveLength(1);
    expect(messages[0]!.text).toMatch(
      /^✏️ Vltava Fit: Claude refuses the key: Claude answered 401 .* until a valid ANTHROPIC_API_KEY is set\./,
    );
    const [state] =
      await world.sql`select state, reason from campaigns.drafting_state(${CLUB}, ${world.now()})`;
    expect(state).toMatchObject({ state: 'failing', reason: expect.stringContaining('401') });
  });
});

describe('Without a key', () => {
  it('every message has its standard text, nothing is charged, and the state says off', async () => {
    await open({}, { isDraftingOff: true });
    expect((await write(1))[0]).toMatchObject({ source: 'static', usage: { fallback_cause: 'off' } });
    expect(await world.sql`select * from campaigns.drafting_charges`).toHaveLength(0);
    const [state] =
      await world.sql`select state, model from campaigns.drafting_state(${CLUB}, ${world.now()})`;
    expect(state).toEqual({ state: 'off', model: null });
    expect(await told()).toHaveLength(0);
  });
});
