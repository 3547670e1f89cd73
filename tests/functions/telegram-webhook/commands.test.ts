import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import { addMember, approveMessage, planDraft, readMessage } from '../members.ts';
import {
  ANALYST,
  MODERATOR,
  openCommandedClub,
  OPERATOR,
  OWNER,
  PETRA,
  REVOKED,
  STRANGER,
  textOf,
} from './commanded-club.ts';
import type { CommandedClub } from './commanded-club.ts';

let at: CommandedClub;
beforeAll(async () => {
  at = await openCommandedClub();
});
afterAll(() => at.world.closeAll());

beforeEach(() => at.beginAnew());

describe('/status', () => {
  it('says in a few lines how the club is', async () => {
    const { world } = at;
    await world.run('sync-templates', { mode: 'submit' });
    await planDraft(world, await addMember(world));
    world.pass(4 * 60_000);
    expect(await textOf(at.write('/status'))).toBe(
      [
        'Vltava Fit',
        '▶️ Messages go out.',
        '📝 Nothing waits for approval · 1 is being written',
        '📤 Nothing sent today',
        '🔄 Data synced 4 minutes ago',
        '⚙️ Moderation: a person approves each message',
      ].join('\n'),
    );
    await world.sql`delete from campaigns.drafts`;
  });

  it('names who paused it, since when and why, and what WhatsApp stopped', async () => {
    const { sql, now } = at.world;
    await at.write('/pause the <pool> & sauna are closed', { user: OWNER });
    const since = now().toLocaleTimeString('en-GB', {
      ...{ timeZone: 'Europe/Prague', hour: '2-digit', minute: '2-digit' },
    });
    expect(await textOf(at.write('/status'))).toContain(
      `⏸ Paused since ${since} by Stranger: the <pool> & sauna are closed`,
    );
    await sql`update core.settings set sending_paused_at = null`;
    await sql`select outbox.stop_sending(190, 'the token is invalid', ${now()})`;
    const [shown] = await at.write('/status');
    expect(shown!.text).toContain(`⛔ Stopped by WhatsApp since ${since}: the token is invalid`);
    expect(shown!.entities.map(({ type }) => type)).toEqual(['bold', 'italic']);
  });

  it('says when messages go out again, and that data is too old', async () => {
    const { sql } = at.world;
    await sql`update core.settings set sending_opens_at = '18:30'`;
    expect(await textOf(at.write('/status'))).toContain('🌙 Quiet hours: messages go out again from 18:30.');
    await sql`update crm.listings set complete_until = complete_until - interval '95 minutes'`;
    const text = await textOf(at.write('/status'));
    expect(text).toContain('⚠️ Messages wait: the club’s data is too old.');
    expect(text).toContain('⚠️ Data synced 95 minutes ago');
  });

  it('of more clubs than a message holds takes several messages', async () => {
    for (let number = 1; number <= 25; number += 1)
      await at.openClub(`Club ${number} ${'of the river '.repeat(8)}`);
    const answers = await at.write('/status', { user: PETRA });
    expect(answers.length).toBeGreaterThan(1);
    expect(
      answers
        .map(({ text }) => text)
        .join('\n')
        .match(/Data never synced yet/g),
    ).toHaveLength(25);
  });
});

describe('Of the people', () => {
  const COMMANDS = [
    '/status',
    '/pause',
    '/resume',
    '/mode',
    '/mode notification',
    '/help',
    '/start',
    '/dance',
  ];
  /** What each is told, in the order of the commands. */
  const KNOWN = {
    status: 'Messages go out.',
    help: 'Your role',
    mode: 'Moderation: a person approves each message',
  };
  const KEEPERS = 'Only an owner or operator may pause and resume';
  const OWNERS = 'Only an owner may change the mode';

  it.each<[who: string, user: number, pause: string, resume: string, mode: string]>([
    ['an owner', OWNER, 'Paused by', 'Resumed by', 'from the next planning on'],
    ['an operator', OPERATOR, 'Paused by', 'Resumed by', OWNERS],
    ['a moderator', MODERATOR, KEEPERS, KEEPERS, OWNERS],
    ['somebody on the list', PETRA, KEEPERS, KEEPERS, OWNERS],
  ])('%s is told what they may do', async (_, user, pause, resume, mode) => {
    const { status, help, mode: shown } = KNOWN;
    const expected = [status, pause, resume, shown, mode, help, help, help];
    for (const [index, command] of COMMANDS.entries())
      expect(await textOf(at.write(command, { user })), command).toContain(expected[index]);
    expect(at.denied()).toEqual([]);
  });

  it.each([
    ['an analyst', ANALYST],
    ['an owner who was removed', REVOKED],
    ['a stranger', STRANGER],
  ])('%s is told nothing, wherever they write, and the log has their id', async (_, user) => {
    for (const command of ['/status', '/pause', '/mode notification', '/dance'])
      expect(await at.write(command, { user })).toEqual([]);
    for (const command of ['/start', '/pause'])
      expect(await at.write(command, { user, chat: user })).toEqual([]);
    expect(at.denied()).toEqual(Array.from({ length: 6 }, () => user));
    expect(await at.settings()).toMatchObject({ sending_paused_by: null, delivery_mode: 'moderation' });
  });

  it('an owner is heard alone with the bot, and in no other group', async () => {
    expect(await textOf(at.write('/pause@our_bot', { user: OWNER, chat: OWNER }))).toContain('Paused by');
    at.world.logged.length = 0;
    await at.world.outside.control('POST', '/telegram/invite', { chat_id: -4300, user_id: OWNER });
    expect(await at.write('/resume', { user: OWNER, chat: -4300 })).toEqual([]);
    expect(at.denied()).toEqual([OWNER]);
    expect((await at.settings()).sending_paused_by).toBe(`telegram:${OWNER}`);
  });

  it('nobody is answered who only talks', async () => {
    expect(await at.write('good morning', { user: OWNER })).toEqual([]);
    expect(await at.write('see /status', { user: OWNER })).toEqual([]);
  });
});

describe('Each language', () => {
  it('has its own help and status', async () => {
    const told = new Map<string, string[]>();
    await at.write('/pause', { user: OWNER });
    for (const language of LANGUAGES) {
      const written = { user: OWNER, language };
      told.set(language, [
        await textOf(at.write('/help', written)),
        await textOf(at.write('/status', written)),
      ]);
    }
    for (const [language, texts] of told) {
      for (const text of texts) expect(text, language).not.toMatch(/undefined|null|NaN|\[object/);
      if (language !== 'en') {
        const shared = texts.flatMap((text, index) =>
          text.split('\n').filter((line) => told.get('en')![index]!.split('\n').includes(line)),
        );
        expect(
          shared.filter((line) => line !== '' && line !== 'Vltava Fit'),
          language,
        ).toEqual([]);
      }
    }
  });
});

describe('/pause', () => {
  it('holds what is approved, until /resume', async () => {
    const { world } = at;
    await world.run('sync-templates', { mode: 'submit' });
    const messageId = await approveMessage(world, await addMember(world));
    await at.write('/pause', { user: OPERATOR });
    expect((await world.run('send-messages')).body).toMatchObject({ sent: 0 });
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'queued' });
    await at.write('/resume', { user: OPERATOR });
    expect((await world.run('send-messages')).body).toMatchObject({ sent: 1 });
    expect(await textOf(at.write('/status'))).toContain('📤 1 message sent today');
  });

  it('says who was first, and /resume that there is nothing to resume', async () => {
    expect(await textOf(at.write('/resume', { user: OWNER }))).toContain('It is not paused.');
    await at.write('/pause the number is new', { user: OPERATOR });
    const again = await textOf(at.write('/pause', { user: OWNER }));
    expect(again).toContain('It is paused already.');
    expect(again).toContain(': the number is new');
    expect((await at.settings()).sending_paused_by).toBe(`telegram:${OPERATOR}`);
  });

  it('by Telegram twice pauses once', async () => {
    const pauses = async () =>
      (await at.world.sql`select from core.audit_log where action = 'sending.paused'`).length;
    const before = await pauses();
    await at.world.fault('telegram', 'duplicate');
    await at.write('/pause', { user: OWNER });
    expect(await pauses()).toBe(before + 1);
  });
});

describe('/mode', () => {
  it('shows the mode with two buttons, and a tap changes it from the next planning on', async () => {
    const { world } = at;
    const { clientId } = await addMember(world);
    await world.sql`
      insert into crm.bookings (club_id, external_id, client_id, service_kind, status, starts_at, local_date, made_at, made_date, raw)
      select 1, 'visit-' || day, ${clientId}, 'group', 'attended', day + time '10:00', day, day, day, '{}'
      from unnest(array['2026-09-01', '2026-09-07']::date[]) as day`;
    const [shown] = await at.write('/mode', { user: OWNER });
    expect(shown!.buttons).toEqual([
      [
        { text: '✓ Moderation', callback_data: 'cm:1' },
        { text: 'Notification', callback_data: 'cn:1' },
      ],
    ]);
    expect(await at.press(shown!, 'cn:1', OWNER)).toMatchObject({ answer: 'Done.', show_alert: false });
    const [edited] = (await at.said()).slice(-1);
    expect(edited).toMatchObject({ message_id: shown!.message_id, buttons: [] });
    expect(edited!.text).toContain('Notification: messages go out by themselves');

    await world.sql`select campaigns.plan(1, ${world.now()})`;
    expect(
      await world.sql`select delivery_mode, mode_basis from campaigns.drafts where client_id = ${clientId}`,
    ).toEqual([{ delivery_mode: 'notification', mode_basis: 'club' }]);
    expect(await textOf(at.write('/mode NOTIFICATION', { user: OWNER }))).toContain('It is so already.');
  });

  it('has no buttons for whoever may not, and knows no third mode', async () => {
    const [shown] = await at.write('/mode', { user: OPERATOR });
    expect(shown!.buttons).toEqual([]);
    const answer = await at.write('/mode autopilot', { user: OWNER });
    expect(answer[0]!.text).toContain('I know two modes');
    expect(answer[0]!.buttons).toHaveLength(1);
  });
});

describe('/start with a code', () => {
  const codeFor = async (role: string): Promise<string> => {
    const { sql, now } = at.world;
    const userId = crypto.randomUUID();
    await sql`
      insert into core.operators (club_id, user_id, email, role, created_at)
      values (1, ${userId}, ${`new.${role}@example.com`}, ${role}, ${now()})`;
    const [row] = await sql<
      { code: string }[]
    >`select core.start_telegram_link(1, ${userId}, ${now()}) as code`;
    return row!.code;
  };
  const start = (code: string, user: number) => textOf(at.write(`/start ${code}`, { user, chat: user }));

  it('links whoever sends it, and they may at once what their role may', async () => {
    expect(await start(await codeFor('owner'), 9001)).toContain(
      'your Telegram is linked. Your role:\n• Vltava Fit: owner',
    );
    expect(await textOf(at.write('/pause', { user: 9001 }))).toContain('Paused by');
  });

  it('tells an analyst that there is nothing to decide', async () => {
    expect(await start(await codeFor('analyst'), 9002)).toContain(
      '• Vltava Fit: analyst\n\nAnalysts have the dashboard',
    );
  });

  it('that is wrong, used or too old tells a known person so, and a stranger nothing', async () => {
    const used = await codeFor('moderator');
    await start(used, 9003);
    const old = await codeFor('moderator');
    at.world.pass(11 * 60_000);
    at.world.logged.length = 0;
    for (const code of ['WRONG', used, old]) {
      expect(await start(code, PETRA)).toContain('This code is wrong or too old.');
      expect(await start(code, STRANGER)).toBe('');
    }
    expect(at.denied()).toEqual([STRANGER, STRANGER, STRANGER]);
  });

  it('in the group is not taken, and known people hear to write privately', async () => {
    const code = await codeFor('owner');
    expect(await textOf(at.write(`/start ${code}`, { user: PETRA }))).toContain(
      'send it to me in a private chat',
    );
    expect(await at.write(`/start ${code}`, { user: STRANGER })).toEqual([]);
    expect(at.denied()).toEqual([STRANGER]);
    expect(await at.world.sql`select from core.operators where telegram_user_id = ${PETRA}`).toHaveLength(0);
  });
});
