import { beforeEach, describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';
import { Campaign } from '../campaign.ts';
import { operator } from '../session.ts';

const clubs = useClubs();

const NOW = '2026-06-15T10:00:00Z';
const PETRA = 7001;

/** Clubs of earlier tests would let in whoever is on the list. */
beforeEach(async () => {
  await clubs.sql`delete from core.clubs`;
});

async function link(club: Club, role: string, telegramUserId = PETRA, isActive = true): Promise<void> {
  const userId = await operator(clubs.sql, club.id, role, { isActive });
  await clubs.sql`update core.operators set telegram_user_id = ${telegramUserId} where club_id = ${club.id} and user_id = ${userId}`;
}

type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

async function status(isAllowed = false, now: string | Date = NOW): Promise<Answer[]> {
  const [row] = await clubs.sql<{ answer: Answer[] }[]>`
    select api.telegram_status(${PETRA}, ${isAllowed}, 'Petra', ${now}) as answer`;
  return row!.answer;
}
async function pause(club: number, { reason = null as string | null, isAllowed = false, now = NOW } = {}) {
  const [row] = await clubs.sql<{ answer: Answer }[]>`
    select api.pause_sending_in_telegram(${club}, ${PETRA}, ${isAllowed}, 'Petra', ${reason}, ${now}) as answer`;
  return row!.answer;
}
async function resume(club: number, isAllowed = false): Promise<Answer> {
  const [row] = await clubs.sql<{ answer: Answer }[]>`
    select api.resume_sending_in_telegram(${club}, ${PETRA}, ${isAllowed}, 'Petra', ${NOW}) as answer`;
  return row!.answer;
}
async function changeMode(club: number, mode: string, isAllowed = false): Promise<Answer> {
  const [row] = await clubs.sql<{ answer: Answer }[]>`
    select api.change_delivery_mode_in_telegram(${club}, ${PETRA}, ${isAllowed}, 'Petra', ${mode}, ${NOW}) as answer`;
  return row!.answer;
}
const audit = (club: Club) => clubs.sql<{ actor: string; action: string; object: string; detail: unknown }[]>`
  select actor, action, object, detail from core.audit_log where club_id = ${club.id} order by audit_id`;
const settings = async (club: Club) => {
  const [row] = await clubs.sql`
    select sending_paused_by, sending_pause_reason, delivery_mode from core.settings where club_id = ${club.id}`;
  return row!;
};

describe('the state that Telegram tells', () => {
  it('is of every club that lets the person in, with their role there, and of no other', async () => {
    const [one, two, three] = [await clubs.open(), await clubs.open(), await clubs.open()];
    await link(one, 'owner');
    await link(two, 'analyst');
    await link(three, 'operator', PETRA, false);
    expect(await status()).toMatchObject([{ club_id: one.id, club: 'Vltava Fit', role: 'owner' }]);
    expect((await status(true)).map(({ club_id }) => club_id)).toEqual([one.id]);
  });

  it('is told of all clubs to whoever is on the list, as a moderator, and to a stranger of none', async () => {
    const [one, two] = [await clubs.open(), await clubs.open()];
    expect(await status(true)).toMatchObject([
      { club_id: one.id, role: 'moderator' },
      { club_id: two.id, role: 'moderator' },
    ]);
    expect(await status()).toEqual([]);
    expect(await clubs.sql`select club_id::int, name from core.telegram_names order by club_id`).toEqual([
      { club_id: one.id, name: 'Petra' },
      { club_id: two.id, name: 'Petra' },
    ]);
  });

  it('counts what waits, what is being written, what went out today, and who waits for an answer', async () => {
    const campaign = await Campaign.start(await clubs.open());
    for (const name of ['eva', 'jan', 'petr']) await campaign.member(name);
    await campaign.plan();
    expect(await status(true, campaign.now)).toMatchObject([{ waiting: 0, being_written: 3, sent_today: 0 }]);
    await campaign.write();
    await campaign.decide('eva', 'rejected');
    await campaign.sql`
      select campaigns.note_conversation(
        ${campaign.club.id}, ${await campaign.club.idOf('jan')}, ${await campaign.phoneOf('jan')}, false, ${campaign.now}, ${campaign.now}
      )`;
    expect(await status(true, campaign.now)).toMatchObject([
      {
        waiting: 2,
        being_written: 0,
        sent_today: 0,
        failures: 0,
        replies_waiting: 1,
        hold: null,
        is_stale: false,
      },
    ]);
  });

  it('counts as failures what a person can still mend', async () => {
    const post = await Post.queued(await clubs.open(), ['eva', 'jan', 'petr']);
    const [dead, uncertain, sent] = await post.claim();
    for (const claim of [dead!, uncertain!, sent!]) await post.start(claim);
    await post.settle(dead!, { outcome: 'final', action: 'none', error_code: 132000, error: 'Refused.' });
    await post.settle(uncertain!, { outcome: 'uncertain', error: 'No answer.' });
    await post.settle(sent!, { outcome: 'accepted', wamid: 'wamid.1' });
    const { campaign } = post;
    expect(await status(true, campaign.now)).toMatchObject([{ failures: 2, sent_today: 2 }]);
    const monthLater = new Date(campaign.now.getTime() + 30 * 86_400_000);
    expect(await status(true, monthLater)).toMatchObject([{ failures: 1, sent_today: 0 }]);
  });

  it('says what holds a club, and how old its data is', async () => {
    const campaign = await Campaign.start(await clubs.open());
    expect(await status(true, campaign.now)).toMatchObject([
      { hold: null, opens_at: '09:00', timezone: 'Europe/Prague', paused_at: null, paused_by: null },
    ]);
    expect(new Date((await status(true, campaign.now))[0]!.last_good_sync)).toEqual(campaign.now);
    await campaign.pass(11 * 60);
    expect(await status(true, campaign.now)).toMatchObject([{ hold: 'quiet_hours', is_stale: false }]);
    const later = new Date(campaign.now.getTime() + 61 * 60_000);
    expect(await status(true, later)).toMatchObject([{ hold: 'stale_data', is_stale: true }]);
    await clubs.sql`select outbox.stop_sending(190, 'the token is invalid', ${campaign.now})`;
    expect(await status(true, campaign.now)).toMatchObject([
      { hold: 'paused', is_stopped_by_whatsapp: true, paused_by: null, pause_reason: 'the token is invalid' },
    ]);
  });
});

describe('pausing and resuming', () => {
  it.each(['owner', 'operator'])('is done for an %s, once, and audited as theirs', async (role) => {
    const club = await clubs.open();
    await link(club, role);
    expect(await pause(club.id, { reason: '  the pool is closed ' })).toMatchObject({
      outcome: 'done',
      club: { role, hold: 'paused', paused_by: 'Petra', pause_reason: 'the pool is closed' },
    });
    expect(await pause(club.id, { reason: 'again' })).toMatchObject({
      outcome: 'already',
      club: { pause_reason: 'the pool is closed' },
    });
    expect(await resume(club.id)).toMatchObject({
      outcome: 'done',
      club: { paused_at: null },
      was_stopped_by_whatsapp: false,
    });
    expect(await resume(club.id)).toMatchObject({ outcome: 'already', was_stopped_by_whatsapp: false });
    expect(await audit(club)).toMatchObject([
      { actor: `telegram:${PETRA}`, action: 'sending.paused', detail: { reason: 'the pool is closed' } },
      { actor: `telegram:${PETRA}`, action: 'sending.resumed' },
    ]);
  });

  it('needs no reason, and keeps a long one within what the dashboard takes', async () => {
    const club = await clubs.open();
    await link(club, 'owner');
    expect(await pause(club.id)).toMatchObject({ club: { pause_reason: null } });
    expect((await settings(club)).sending_pause_reason).toBe('no reason given');
    await resume(club.id);
    expect((await pause(club.id, { reason: 'ž'.repeat(500) })).club.pause_reason).toBe('ž'.repeat(200));
  });

  it('of what the number stopped lets every club go on', async () => {
    const [one, two, three] = [await clubs.open(), await clubs.open(), await clubs.open()];
    await link(one, 'operator');
    await clubs.sql`select outbox.pause_sending(${three.id}, 'holidays', 'operator:x', ${NOW})`;
    await clubs.sql`select outbox.stop_sending(190, 'the token is invalid', ${NOW})`;
    expect(await resume(one.id)).toMatchObject({ outcome: 'done', was_stopped_by_whatsapp: true });
    expect((await settings(two)).sending_paused_by).toBeNull();
    expect((await settings(three)).sending_paused_by).toBe('operator:x');
  });
});

describe('the delivery mode', () => {
  it('is changed for an owner, once, and audited with what was before', async () => {
    const club = await clubs.open();
    await link(club, 'owner');
    expect(await changeMode(club.id, 'notification')).toMatchObject({
      outcome: 'done',
      club: { mode: 'notification' },
    });
    expect(await changeMode(club.id, 'notification')).toMatchObject({ outcome: 'already' });
    expect(await audit(club)).toMatchObject([
      {
        actor: `telegram:${PETRA}`,
        action: 'settings.changed',
        detail: { before: { delivery_mode: 'moderation' }, after: { delivery_mode: 'notification' } },
      },
    ]);
  });

  it('is one of the two', async () => {
    const club = await clubs.open();
    await link(club, 'owner');
    await expect(changeMode(club.id, 'none')).rejects.toThrow('The delivery mode must be moderation');
  });
});

describe('who may not', () => {
  const orders = {
    pause: (club: number, isAllowed: boolean) => pause(club, { isAllowed }),
    resume: (club: number, isAllowed: boolean) => resume(club, isAllowed),
    mode: (club: number, isAllowed: boolean) => changeMode(club, 'notification', isAllowed),
  };
  type OrderName = keyof typeof orders;
  const all = Object.keys(orders) as OrderName[];
  const unchanged = { sending_paused_by: null, sending_pause_reason: null, delivery_mode: 'moderation' };

  it.each<[who: string, refused: OrderName[], role: string | null]>([
    ['a moderator', all, 'moderator'],
    ['somebody on the list who is linked to nobody', all, null],
    ['an operator', ['mode'], 'operator'],
  ])('is %s, who is told so, and nothing changes', async (_, refused, role) => {
    const club = await clubs.open();
    if (role) await link(club, role);
    for (const name of refused) {
      expect(await orders[name](club.id, role === null)).toMatchObject({
        outcome: 'not_allowed',
        club: { role: role ?? 'moderator' },
      });
    }
    expect(await settings(club)).toEqual(unchanged);
  });

  it.each<[who: string, role: string | null, isActive: boolean, isAllowed: boolean]>([
    ['a stranger', null, true, false],
    ['an analyst, even on the list', 'analyst', true, true],
    ['an owner who was removed, even on the list', 'owner', false, true],
  ])('is %s, of whom only the audit log speaks', async (_, role, isActive, isAllowed) => {
    const club = await clubs.open();
    if (role) await link(club, role, PETRA, isActive);
    for (const name of all)
      expect(await orders[name](club.id, isAllowed)).toMatchObject({ outcome: 'denied', club: null });
    expect(await settings(club)).toEqual(unchanged);
    expect(await audit(club)).toMatchObject(
      ['sending.pause_denied', 'sending.resume_denied', 'settings.change_denied'].map((action) => ({
        actor: `telegram:${PETRA}`,
        action,
        object: `club:${club.id}`,
      })),
    );
    expect(await clubs.sql`select from core.telegram_names`).toHaveLength(0);
  });

  it('is an owner of another club, and whoever taps for a club that is gone', async () => {
    const [own, other] = [await clubs.open(), await clubs.open()];
    await link(own, 'owner');
    expect(await pause(other.id)).toMatchObject({ outcome: 'denied' });
    await clubs.sql`delete from core.clubs where club_id = ${other.id}`;
    for (const name of all) expect(await orders[name](other.id, true)).toMatchObject({ outcome: 'denied' });
  });
});

it('leaves the doors closed to everybody but the service', async () => {
  const rows = await clubs.sql`
    select proname as name, role, has_function_privilege(role, oid, 'execute') as may_execute
    from pg_proc cross join unnest(array['anon', 'authenticated', 'analyst', 'service_role']) as role
    where pronamespace = 'api'::regnamespace
      and proname = any (${['telegram_status', 'club_in_telegram', 'let_in_by_telegram', 'pause_sending_in_telegram', 'resume_sending_in_telegram', 'change_delivery_mode_in_telegram']})`;
  expect(rows).toHaveLength(24);
  for (const { name, role, may_execute } of rows)
    expect(may_execute, `${role}, api.${name}`).toBe(role === 'service_role');
});
