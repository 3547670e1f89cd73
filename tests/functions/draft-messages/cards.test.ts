import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMember, approveMessage, planDraft, readDraft } from '../members.ts';
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
const post = async (draftId: string) =>
  (await world.sql`select * from outbox.posts where draft_id = ${draftId}`)[0];
/** As if the chat showed something else. */
const outdate = (draftId: string) =>
  world.sql`update outbox.posts set shown = 'as it was' where draft_id = ${draftId}`;
const nextRun = (seconds = 31) => {
  world.pass(seconds * 1000);
  return world.run('draft-messages');
};

describe('draft-messages shows a card', () => {
  it('with who, why, the whole message and what can be done about it', async () => {
    const draftId = await planDraft(world, await addMember(world, 'cs', 'Eva Nováková'));
    await world.run('draft-messages');
    const { rendered } = await readDraft(world, draftId);

    const [message] = await messages();
    expect(message.text).toContain('Eva N. · Reactivation · CS');
    expect(message.text).toContain('last visit 74 days ago, 31 visits in all');
    expect(message.text).toContain(rendered);
    expect(message.text).toContain('Never visited yet. No message before this one.');
    expect(message.text).toContain('Decide until 22 Nov, 10:00. Vltava Fit');
    expect(message.buttons).toEqual([
      [
        { text: '✅ Approve', callback_data: `a:${draftId}:1` },
        { text: '❌ Reject', callback_data: `r:${draftId}:1` },
      ],
      [
        { text: '✏️ Edit', callback_data: `e:${draftId}:1` },
        { text: '😴 Snooze', callback_data: `s:${draftId}:1` },
      ],
    ]);
    expect(await post(draftId)).toMatchObject({
      chat_id: TELEGRAM.chatId,
      message_id: String(message.message_id),
      extra_message_id: null,
      shown: expect.stringContaining('v1 pending'),
    });
  });

  it('with the last visit, what became of the last message, and what the member spends', async () => {
    const member = await addMember(world);
    const earlier = await approveMessage(world, member);
    await world.sql`
      update outbox.messages set accepted_at = '2026-10-01T09:00:00Z', delivery = 'read' where message_id = ${earlier}`;
    await world.sql`update campaigns.drafts set occasion = 'earlier', planned_date = '2026-10-01'`;
    await world.sql`
      insert into stats.client_stats (
        club_id, client_id, ltv_minor, visits_total, visits_30d, visits_previous_30d, pt_visits_total, visits_7d, pt_visits_30d,
        pt_visits_previous_30d, first_visit_date, last_visit_date
      )
      values (1, ${member.clientId}, 600000, 31, 0, 0, 0, 0, 0, 0, '2026-07-10', '2026-09-07')
      on conflict (club_id, client_id) do update set
        ltv_minor = excluded.ltv_minor,
        first_visit_date = excluded.first_visit_date,
        last_visit_date = excluded.last_visit_date`;
    await planDraft(world, member);
    await world.run('draft-messages');
    const { text } = (await messages())[0];
    expect(text).toContain('Last visit: 7 Sept 2026 (74 days ago). Last messages:');
    expect(text).toContain('• 1 Oct 2026, Reactivation: read');
    expect(text).toContain('Spent CZK\u00a03,000 in 30 active days; too few messages yet');
  });

  it('with the whole message above it where that is too long for the card', async () => {
    const draftId = await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    const long = '👨‍👩‍👧‍👦 '.repeat(341).padEnd(4096, '!');
    await world.sql`update campaigns.draft_versions set rendered = ${long}`;
    await world.sql`delete from outbox.posts`;
    await nextRun();
    const [, extra, message] = await messages();
    expect(extra.text).toBe(long);
    expect(extra.buttons).toEqual([]);
    expect(message.text).toContain('The beginning; the whole message is above.');
    expect(message.buttons[0][0].callback_data).toBe(`a:${draftId}:1`);
    expect(await post(draftId)).toMatchObject({
      message_id: String(message.message_id),
      extra_message_id: String(extra.message_id),
    });
    await outdate(draftId);
    await nextRun();
    expect(await messages()).toHaveLength(3);
  });

  it('once, however often it runs', async () => {
    await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    expect((await nextRun()).body).toEqual({ drafted: 0, fallbacks: 0, posts: 0, complete: true });
    expect(await messages()).toHaveLength(1);
  });

  it('with names and reasons that look like HTML as they are', async () => {
    await world.sql`update core.clubs set name = 'Fit & <b>Fun</b> "Club"'`;
    await planDraft(world, await addMember(world, 'cs', '<Eva> &Nováková'));
    expect((await world.run('draft-messages')).body.posts).toBe(1);
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
    await world.sql`select campaigns.decide_draft(1, ${draftId}, 1, 'rejected', 'operator:5', 'wrong_time', ${world.now()})`;

    expect((await nextRun()).body).toMatchObject({ posts: 1, complete: true });
    const [message] = await messages();
    expect(message.buttons).toEqual([]);
    expect(message.text).toContain(
      'Rejected by somebody in the dashboard, 20 Nov, 10:00. Reason: Wrong time.',
    );
    expect((await post(draftId))?.shown).toContain('v1 rejected');
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
    await outdate(draftId);
    expect((await nextRun()).body).toMatchObject({ posts: 1 });
    expect((await post(draftId))?.shown).toContain('v1 pending');
    expect(await messages()).toHaveLength(1);
  });

  it('anew when somebody deleted the message of an open draft, and lets a decided one be', async () => {
    const [open, decided] = [
      await planDraft(world, await addMember(world)),
      await planDraft(world, await addMember(world)),
    ];
    await world.run('draft-messages');
    await world.sql`update outbox.posts set message_id = message_id + 1000, shown = 'as it was'`;
    await world.sql`update campaigns.drafts set status = 'rejected' where draft_id = ${decided}`;
    await nextRun();
    expect(await messages()).toHaveLength(3);
    expect((await post(open))?.message_id).toBe('3');
    expect((await post(decided))?.shown).toContain('v1 rejected');
  });
});

describe('Towards Telegram draft-messages', () => {
  it('shows no more than one card a second', async () => {
    for (let number = 0; number < 6; number += 1) await planDraft(world, await addMember(world));
    expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 6, posts: 6, complete: true });
    const times = (await messages()).map((message: { at: string }) => Date.parse(message.at));
    for (const [index, at] of times.slice(1).entries())
      expect(at - times[index]).toBeGreaterThanOrEqual(1000);
  });

  it('stops when told to slow down, and goes on in a later run', async () => {
    for (let number = 0; number < 3; number += 1) await planDraft(world, await addMember(world));
    await world.fault('telegram', 'rate_limit', { method: 'sendMessage', retry_after: 7 });
    expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 3, posts: 0 });
    expect((await world.run('draft-messages')).body).toMatchObject({ posts: 0 });
    expect((await nextRun(8)).body).toMatchObject({ posts: 3, complete: true });
    expect(await messages()).toHaveLength(3);
  });

  it('stops when it is away', async () => {
    await planDraft(world, await addMember(world));
    await world.fault('telegram', 'bad_gateway', { method: 'sendMessage' });
    expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 1, posts: 0 });
    expect((await nextRun()).body).toMatchObject({ posts: 1 });
  });

  it('goes on with the others when one card is refused, and tries that one again later', async () => {
    for (let number = 0; number < 2; number += 1) await planDraft(world, await addMember(world));
    await world.fault('telegram', 'error', {
      method: 'sendMessage',
      code: 400,
      description: 'Bad Request: something about this one',
    });
    expect((await world.run('draft-messages')).body).toMatchObject({ posts: 1 });
    expect((await nextRun(61)).body).toMatchObject({ posts: 1 });
    expect(await messages()).toHaveLength(2);
  });

  it('never logs the token of the bot', async () => {
    await planDraft(world, await addMember(world));
    await world.fault('telegram', 'bad_gateway', { method: 'sendMessage' });
    await world.run('draft-messages');
    expect(world.logged.some((line) => line.event === 'post_failed')).toBe(true);
    expect(JSON.stringify(world.logged)).not.toContain(TELEGRAM.botToken);
  });
});

describe('The link to the dashboard', () => {
  it.each(['https://club.example', 'http://127.0.0.1:54323'])(
    'is a button for %s only when Telegram takes it',
    async (dashboardUrl) => {
      await world.closeAll();
      world = await openMessaging({ dashboardUrl });
      await world.run('sync-templates', { mode: 'submit' });
      const draftId = await planDraft(world, await addMember(world));
      expect((await world.run('draft-messages')).body.posts).toBe(1);
      const url = `${dashboardUrl}/clubs/1/messages#draft-${draftId}`;
      expect((await messages())[0].buttons[2]).toEqual(
        dashboardUrl.startsWith('https:') ? [{ text: '🔗 Open in dashboard', url }] : undefined,
      );
    },
  );
});
