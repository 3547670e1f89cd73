import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSuppressed, readDraft } from '../members.ts';
import { lettersOf, openModeratedDraft, PETRA, STRANGER, tapUpdate, TOMAS } from './moderated-draft.ts';
import type { ModeratedDraft } from './moderated-draft.ts';

let draft: ModeratedDraft;
beforeEach(async () => {
  draft = await openModeratedDraft();
});
afterEach(() => draft.world.closeAll());

describe('A tap on', () => {
  it('Approve queues the message and redraws the card without buttons', async () => {
    await draft.press('a');
    expect(await readDraft(draft.world, draft.draftId)).toMatchObject({
      status: 'approved',
      decided_by: `telegram:${PETRA}`,
    });
    expect(await draft.outbox()).toMatchObject([{ draft_id: draft.draftId, status: 'queued', version: 1 }]);
    expect(await draft.lastPress()).toMatchObject({
      answer: 'Approved. It goes out in the next sending hours.',
      show_alert: false,
    });
    const shown = await draft.card();
    expect(shown.buttons).toEqual([]);
    expect(shown.text).toContain('Schválil(a) Petra, 20. 11. 10:00');
    const before = await draft.messages();
    await draft.world.run('draft-messages');
    expect(await draft.messages()).toEqual(before);
  });

  it('Reject asks why, and Back takes that back', async () => {
    const own = lettersOf(await draft.card());
    expect(own).toEqual([
      ['a', 'r'],
      ['e', 's'],
    ]);
    await draft.press('r');
    expect(lettersOf(await draft.card())).toEqual([['rw', 'rp'], ['rt', 'rn'], ['b']]);
    expect((await draft.lastPress()).answer).toBeNull();
    await draft.press('b');
    expect(lettersOf(await draft.card())).toEqual(own);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
  });

  it('Reject queues nothing', async () => {
    await draft.press('r');
    await draft.press('rt');
    expect(await readDraft(draft.world, draft.draftId)).toMatchObject({
      status: 'rejected',
      decided_by: `telegram:${PETRA}`,
      decision_reason: 'wrong_time',
    });
    expect(await draft.outbox()).toEqual([]);
    expect((await draft.lastPress()).answer).toBe('Rejected. It will not be sent.');
    const { text, buttons } = await draft.card();
    expect(text).toContain('Zamítl(a) Petra');
    expect(text).toContain('Nevhodná doba');
    expect(buttons).toEqual([]);
  });

  it('each reason is kept, and only Never this person suppresses the member', async () => {
    await draft.press('r');
    for (const [letter, reason] of [
      ['rw', 'wording'],
      ['rp', 'wrong_person'],
      ['rn', 'never_this_person'],
    ] as const) {
      expect(await isSuppressed(draft.world, draft.member)).toBeUndefined();
      expect(
        (
          await draft.post({
            ...tapUpdate(`${letter}:${draft.draftId}:1`),
            update_id: 10 + letter.charCodeAt(1),
          })
        ).status,
      ).toBe(200);
      const { status, decision_reason } = await readDraft(draft.world, draft.draftId);
      expect([status, decision_reason]).toEqual(['rejected', reason]);
      // As if nobody had decided, for the next one.
      await draft.world
        .sql`update campaigns.drafts set status = 'pending', decided_by = null, decided_at = null`;
    }
    expect(await isSuppressed(draft.world, draft.member)).toBe('do_not_contact');
  });

  it('both, one after the other, counts once', async () => {
    await draft.tap('a', PETRA);
    await draft.tap('a', PETRA);
    await draft.tap('r', TOMAS);
    await draft.world.deliver();
    expect(await draft.answers()).toEqual([
      'Approved. It goes out in the next sending hours.',
      'Already approved by you.',
      'Already approved by Petra.',
    ]);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('approved');
    expect(await draft.outbox()).toHaveLength(1);
  });

  it('Approve that Telegram reports twice counts once', async () => {
    await draft.world.fault('telegram', 'duplicate');
    await draft.press('a');
    expect(await draft.outbox()).toHaveLength(1);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('approved');
  });

  it('an older text decides nothing, and shows the new one', async () => {
    await draft.world
      .sql`select campaigns.write_version(1, ${draft.draftId}, 'Přijďte si zase zacvičit.', 'operator', 'operator:5', '{}', ${draft.world.now()})`;
    await draft.press('a', PETRA, 1);
    expect(await draft.lastPress()).toMatchObject({
      answer: expect.stringContaining('The text has changed'),
      show_alert: true,
    });
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
    const shown = await draft.card();
    expect(shown.text).toContain('Přijďte si zase zacvičit.');
    expect(shown.buttons[0]![0]!.callback_data).toBe(`a:${draft.draftId}:2`);
    await draft.press('a', PETRA, 2);
    expect(await draft.outbox()).toMatchObject([
      { version: 2, rendered: expect.stringContaining('Přijďte si zase zacvičit.') },
    ]);
  });

  it('Approve comes too late after two days', async () => {
    draft.world.pass(49 * 3600_000);
    await draft.press('a');
    expect((await draft.lastPress()).answer).toBe('Too late: it expired before anybody decided.');
    expect((await draft.card()).text).toContain('nikdo včas nerozhodl');
    expect(await draft.outbox()).toEqual([]);
  });

  it('Approve is refused when the member came back meanwhile', async () => {
    await draft.world.sql`
      insert into crm.bookings (club_id, external_id, client_id, service_kind, status, starts_at, local_date, made_at, made_date, raw)
      values (1, 'b1', ${draft.member.clientId}, 'group', 'booked', ${new Date(draft.world.now().getTime() + 86_400_000)}, '2026-11-21', ${draft.world.now()}, '2026-11-20', '{}')`;
    await draft.press('a');
    expect(await draft.lastPress()).toMatchObject({
      answer: 'Not sent: the member came back by themselves.',
      show_alert: true,
    });
    expect((await draft.card()).text).toContain('člen se vrátil sám');
    expect(await readDraft(draft.world, draft.draftId)).toMatchObject({
      status: 'cancelled',
      decision_reason: 'came_back',
    });
    expect(await draft.outbox()).toEqual([]);
  });

  it('Approve is refused when the member wants no messages any more', async () => {
    await draft.world.sql`update crm.clients set is_excluded_from_mailings = true`;
    await draft.press('a');
    expect((await draft.lastPress()).answer).toBe('Not sent: the member does not want messages.');
  });

  it('a draft that the dashboard decided says so', async () => {
    await draft.world
      .sql`select campaigns.decide_draft(1, ${draft.draftId}, 1, 'rejected', 'operator:5', 'wording', ${draft.world.now()})`;
    await draft.press('a');
    expect((await draft.lastPress()).answer).toBe('Already rejected in the dashboard.');
    expect((await draft.card()).text).toContain('v přehledu');
  });

  it('a draft that is gone says so', async () => {
    const { message_id } = await draft.card();
    await draft.world.sql`delete from campaigns.drafts`;
    await draft.world.outside.control('POST', '/telegram/press', {
      message_id,
      data: `a:${draft.draftId}:1`,
    });
    await draft.world.deliver();
    expect((await draft.lastPress()).answer).toBe('This draft does not exist any more.');
  });

  it('a second card of the same draft redraws both', async () => {
    await draft.world.sql`delete from outbox.posts`;
    draft.world.pass(31_000);
    await draft.world.run('draft-messages');
    expect(await draft.messages()).toHaveLength(2);
    await draft.press('a');
    for (const message of await draft.messages()) expect(message.buttons).toEqual([]);
  });

  it('a card whose message is gone decides, and brings back nothing', async () => {
    const { message_id } = await draft.card();
    await draft.tap('a');
    await draft.world.outside.control('POST', '/telegram/delete', { message_id });
    await draft.world.deliver();
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('approved');
    expect(await draft.messages()).toEqual([]);
  });

  it('Approve says why it waits, in the language of whoever taps', async () => {
    await draft.world
      .sql`update core.settings set sending_paused_at = ${draft.world.now()}, sending_paused_by = 'x', sending_pause_reason = 'x'`;
    await draft.press('a', PETRA, 1, 'uk');
    expect((await draft.lastPress()).answer).toBe('Схвалено. Чекає: надсилання призупинено.');
  });
});

describe('Nobody decides who', () => {
  it('is a stranger in the chat', async () => {
    for (const letter of ['a', 'r', 'e', 's']) await draft.press(letter, STRANGER);
    expect(await draft.lastPress()).toMatchObject({ answer: null, answered_at: expect.any(String) });
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
    expect(lettersOf(await draft.card())[0]).toEqual(['a', 'r']);
    expect(await draft.messages()).toHaveLength(1);
    expect(
      await draft.world
        .sql`select distinct actor, action from core.audit_log where action like 'draft.%' order by action`,
    ).toEqual([
      { actor: `telegram:${STRANGER}`, action: 'draft.decision_denied' },
      { actor: `telegram:${STRANGER}`, action: 'draft.edit_denied' },
    ]);
    expect(draft.world.logged).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'denied', telegram_user_id: STRANGER }),
    );
  });

  it('is allowed, but taps in another chat', async () => {
    expect((await draft.post(tapUpdate(`a:${draft.draftId}:1`, -999))).status).toBe(200);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
  });

  it('is allowed, but taps a card that somebody forwarded', async () => {
    const { message_id } = await draft.card();
    const { chat } = await draft.chat();
    const forwarded = await draft.world.outside.control('POST', '/telegram/forward', {
      message_id,
      to_chat_id: chat.id,
    });
    await draft.world.outside.control('POST', '/telegram/press', {
      message_id: forwarded.message_id,
      data: `a:${draft.draftId}:1`,
    });
    await draft.world.deliver();
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
    expect((await draft.lastPress()).answer).toBeNull();
  });

  it.each([
    ['a forged secret', 'secret-of-somebody'],
    ['no secret', null],
  ])('calls with %s', async (_, secret) => {
    expect((await draft.post(tapUpdate(`a:${draft.draftId}:1`), secret)).status).toBe(401);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
  });

  it('was removed, though their card is an old one and they are on the list', async () => {
    const link = (isActive: boolean) => draft.world.sql`
      insert into core.operators as known (club_id, user_id, email, role, telegram_user_id, is_active, created_at)
      values (1, '00000000-0000-4000-8000-000000000001', 'x@y.z', 'moderator', ${TOMAS}, ${isActive}, ${draft.world.now()})
      on conflict (club_id, user_id) do update set is_active = excluded.is_active`;
    await link(true);
    await draft.press('r', TOMAS);
    expect(lettersOf(await draft.card())[0]).toEqual(['rw', 'rp']);
    await link(false);
    await draft.press('rw', TOMAS);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
    expect((await draft.lastPress()).answer).toBeNull();
  });

  it('but an operator linked to this Telegram account may', async () => {
    await draft.world.sql`
      insert into core.operators (club_id, user_id, email, role, telegram_user_id, created_at)
      values (1, gen_random_uuid(), 'x@y.z', 'moderator', ${STRANGER}, ${draft.world.now()})`;
    await draft.press('a', STRANGER);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('approved');
  });
});
