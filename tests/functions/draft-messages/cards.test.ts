import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMember, planDraft, readDraft } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';

let world: Messaging;
beforeEach(async () => {
  world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
});
afterEach(() => world.closeAll());

const messages = async () => (await world.outside.control('GET', '/telegram/chat')).messages;
const card = async (draftId: string) =>
  (await world.sql`select * from campaigns.cards where draft_id = ${draftId}`)[0];
const nextRun = (seconds = 31) => {
  world.pass(seconds * 1000);
  return world.run('draft-messages');
};

describe('draft-messages shows a card', () => {
  it('with who, why, the whole message and the two decisions', async () => {
    const draftId = await planDraft(world, await addMember(world, 'cs', 'Eva Nováková'));
    await world.run('draft-messages');
    const { rendered } = await readDraft(world, draftId);

    const [message] = await messages();
    expect(message.text).toContain('Eva N. · Reactivation · CS');
    expect(message.text).toContain('last visit 74 days ago, 31 visits in all');
    expect(message.text).toContain(rendered);
    expect(message.text).toContain('Decide until 22 Nov, 10:00. Vltava Fit');
    expect(message.buttons).toEqual([
      [
        { text: '✅ Approve', callback_data: `a:${draftId}:1` },
        { text: '❌ Reject', callback_data: `r:${draftId}:1` },
      ],
    ]);
    expect(await card(draftId)).toMatchObject({
      chat_id: TELEGRAM.chatId,
      message_id: String(message.message_id),
      shown_version: 1,
      shown_status: 'pending',
      leased_until: null,
    });
  });

  it('once, however often it runs', async () => {
    await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    expect((await nextRun()).body).toEqual({ drafted: 0, fallbacks: 0, cards: 0, complete: true });
    expect(await messages()).toHaveLength(1);
  });

  it('with names and reasons that look like HTML as they are', async () => {
    await world.sql`update core.clubs set name = 'Fit & <b>Fun</b> "Club"'`;
    await planDraft(world, await addMember(world, 'cs', '<Eva> &Nováková'));
    expect((await world.run('draft-messages')).body.cards).toBe(1);
    const [message] = await messages();
    expect(message.text).toContain('<Eva> &.');
    expect(message.text).toContain('Fit & <b>Fun</b> "Club"');
  });

  it('that says when the words are the standard ones', async () => {
    await world.fault('claude', 'refuse');
    await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    expect((await messages())[0].text).toContain('not written by Claude');
  });

  it('again, without buttons, when the dashboard decided', async () => {
    const draftId = await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    await world.sql`select campaigns.decide_draft(1, ${draftId}, 1, 'rejected', 'operator:5', 'she moved away', ${world.now()})`;

    expect((await nextRun()).body).toMatchObject({ cards: 1, complete: true });
    const [message] = await messages();
    expect(message.buttons).toEqual([]);
    expect(message.text).toContain('Rejected by an operator in the dashboard');
    expect(message.text).toContain('Reason: she moved away');
    expect(await card(draftId)).toMatchObject({ shown_status: 'rejected' });
  });

  it.each([
    ['expired', 'nobody decided in time'],
    ['cancelled', 'the member came back'],
  ])('again when the draft is %s', async (status, words) => {
    const draftId = await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    await world.sql`
      update campaigns.drafts set status = ${status}, decided_by = 'system:x', decided_at = ${world.now()}, decision_reason = 'came_back'
      where draft_id = ${draftId}`;
    await nextRun();
    expect((await messages())[0].text).toContain(words);
  });

  it('again with the new text and version when somebody edited it', async () => {
    const draftId = await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    await world.sql`select campaigns.write_version(1, ${draftId}, 'Přijďte si zase zacvičit.', 'operator', 'operator:5', '{}', ${world.now()})`;
    await nextRun();
    const [message] = await messages();
    expect(message.text).toContain('Přijďte si zase zacvičit.');
    expect(message.buttons[0][0].callback_data).toBe(`a:${draftId}:2`);
  });

  it('and is content when it shows the state already', async () => {
    const draftId = await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    await world.sql`update campaigns.cards set shown_status = 'unknown' where draft_id = ${draftId}`;
    expect((await nextRun()).body).toMatchObject({ cards: 1 });
    expect(await card(draftId)).toMatchObject({ shown_status: 'pending' });
  });

  it('anew when somebody deleted the message of an open draft, and lets a decided one be', async () => {
    const [open, decided] = [
      await planDraft(world, await addMember(world)),
      await planDraft(world, await addMember(world)),
    ];
    await world.run('draft-messages');
    await world.sql`update campaigns.cards set message_id = message_id + 1000, shown_status = 'unknown'`;
    await world.sql`update campaigns.drafts set status = 'rejected' where draft_id = ${decided}`;
    await nextRun();
    expect(await messages()).toHaveLength(3);
    expect((await card(open))?.message_id).toBe('3');
    expect(await card(decided)).toMatchObject({ shown_status: 'rejected' });
  });
});

describe('Towards Telegram draft-messages', () => {
  it('shows no more than about one card a second', async () => {
    for (let number = 0; number < 12; number += 1) await planDraft(world, await addMember(world));
    const startedAt = world.now().getTime();
    expect((await world.run('draft-messages')).body).toMatchObject({
      drafted: 12,
      cards: 12,
      complete: true,
    });
    expect(world.now().getTime() - startedAt).toBeGreaterThanOrEqual(11_000);
    const times = (await messages()).map((message: { at: string }) => Date.parse(message.at));
    for (const [index, at] of times.slice(1).entries())
      expect(at - times[index]).toBeGreaterThanOrEqual(1000);
  });

  it('stops when told to slow down, and goes on in a later run', async () => {
    for (let number = 0; number < 3; number += 1) await planDraft(world, await addMember(world));
    await world.fault('telegram', 'rate_limit', { method: 'sendMessage', retry_after: 7 });
    expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 3, cards: 0, complete: false });
    expect((await world.run('draft-messages')).body).toMatchObject({ cards: 0 });
    expect((await nextRun()).body).toMatchObject({ cards: 3, complete: true });
    expect(await messages()).toHaveLength(3);
  });

  it('stops when it is away', async () => {
    await planDraft(world, await addMember(world));
    await world.fault('telegram', 'bad_gateway', { method: 'sendMessage' });
    expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 1, cards: 0, complete: false });
    expect((await nextRun()).body).toMatchObject({ cards: 1 });
  });

  it('goes on with the others when one card is refused', async () => {
    for (let number = 0; number < 2; number += 1) await planDraft(world, await addMember(world));
    await world.fault('telegram', 'error', {
      method: 'sendMessage',
      code: 400,
      description: 'Bad Request: something about this one',
    });
    expect((await world.run('draft-messages')).body).toMatchObject({ cards: 1 });
    expect((await nextRun()).body).toMatchObject({ cards: 1 });
  });

  it('never logs the token of the bot', async () => {
    await planDraft(world, await addMember(world));
    await world.fault('telegram', 'bad_gateway', { method: 'sendMessage' });
    await world.run('draft-messages');
    expect(world.logged.some((line) => line.event === 'card_failed')).toBe(true);
    expect(JSON.stringify(world.logged)).not.toContain(TELEGRAM.botToken);
  });
});

describe('The link to the dashboard', () => {
  it.each([
    ['https://club.example', [{ text: 'Open in dashboard', url: 'https://club.example/messages' }]],
    ['http://127.0.0.1:54323', undefined],
  ])('is a button for %s only when Telegram takes it', async (dashboardUrl, button) => {
    await world.closeAll();
    world = await openMessaging({ dashboardUrl });
    await world.run('sync-templates', { mode: 'submit' });
    await planDraft(world, await addMember(world));
    expect((await world.run('draft-messages')).body.cards).toBe(1);
    expect((await messages())[0].buttons[1]).toEqual(button);
  });
});
