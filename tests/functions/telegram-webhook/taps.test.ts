import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDraft } from '../members.ts';
import { openModeratedDraft, PETRA, STRANGER, tapUpdate, TOMAS } from './moderated-draft.ts';
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
    expect(shown.text).toContain('Approved by a moderator, 20 Nov, 10:00');
    expect(shown.entities).toContainEqual(
      expect.objectContaining({ type: 'text_link', url: `tg://user?id=${PETRA}` }),
    );
    expect((await draft.world.run('draft-messages')).body).toMatchObject({ cards: 0, complete: true });
  });

  it('Reject queues nothing', async () => {
    await draft.press('r');
    expect(await readDraft(draft.world, draft.draftId)).toMatchObject({
      status: 'rejected',
      decided_by: `telegram:${PETRA}`,
    });
    expect(await draft.outbox()).toEqual([]);
    expect((await draft.lastPress()).answer).toBe('Rejected. It will not be sent.');
    expect((await draft.card()).text).toContain('Rejected by a moderator');
  });

  it('both, one after the other, counts once', async () => {
    await draft.tap('a', PETRA);
    await draft.tap('a', PETRA);
    await draft.tap('r', TOMAS);
    await draft.world.deliver();
    expect(await draft.answers()).toEqual([
      'Approved. It goes out in the next sending hours.',
      'Already approved by you.',
      'Already approved by another moderator.',
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
    expect(shown.buttons[0][0].callback_data).toBe(`a:${draft.draftId}:2`);
    await draft.press('a', PETRA, 2);
    expect(await draft.outbox()).toMatchObject([
      { version: 2, rendered: expect.stringContaining('Přijďte si zase zacvičit.') },
    ]);
  });

  it('Approve comes too late after two days', async () => {
    draft.world.pass(49 * 3600_000);
    await draft.press('a');
    expect((await draft.lastPress()).answer).toBe('Too late: it expired before anybody decided.');
    expect((await draft.card()).text).toContain('nobody decided in time');
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
    expect((await draft.card()).text).toContain('the member came back');
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
      .sql`select campaigns.decide_draft(1, ${draft.draftId}, 1, 'rejected', 'operator:5', null, ${draft.world.now()})`;
    await draft.press('a');
    expect((await draft.lastPress()).answer).toBe('Already rejected in the dashboard.');
    expect((await draft.card()).text).toContain('Rejected by an operator in the dashboard');
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
    await draft.world.sql`delete from campaigns.cards`;
    draft.world.pass(31_000);
    await draft.world.run('draft-messages');
    await draft.press('a');
    for (const message of (await draft.chat()).messages) expect(message.buttons).toEqual([]);
  });
});

describe('Nobody decides who', () => {
  it('is a stranger in the chat', async () => {
    await draft.press('a', STRANGER);
    expect(await draft.lastPress()).toMatchObject({ answer: 'Not allowed.', show_alert: true });
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
    expect((await draft.card()).buttons).toHaveLength(1);
    expect(
      await draft.world.sql`select actor, action from core.audit_log where action like 'draft.%'`,
    ).toMatchObject([{ actor: `telegram:${STRANGER}`, action: 'draft.decision_denied' }]);
  });

  it('is allowed, but taps in another chat', async () => {
    expect((await draft.post(tapUpdate(`a:${draft.draftId}:1`, -999))).status).toBe(200);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
  });

  it.each([
    ['a forged secret', 'secret-of-somebody'],
    ['no secret', null],
  ])('calls with %s', async (_, secret) => {
    expect((await draft.post(tapUpdate(`a:${draft.draftId}:1`), secret)).status).toBe(401);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
  });

  it('but an operator linked to this Telegram account may, wherever they tap', async () => {
    await draft.world.sql`
      insert into core.operators (club_id, user_id, email, role, telegram_user_id, created_at)
      values (1, gen_random_uuid(), 'x@y.z', 'moderator', ${STRANGER}, ${draft.world.now()})`;
    await draft.press('a', STRANGER);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('approved');
  });
});
