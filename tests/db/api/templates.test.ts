import type { TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign, template } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();

const ROLES = ['owner', 'operator', 'moderator', 'analyst'];

/** Birthday wishes in three states, and a template of the club's own. */
async function start(): Promise<Campaign> {
  const campaign = await Campaign.start(await clubs.open(), undefined, []);
  await campaign.templates([
    template({ name: 'birthday_v1' }),
    template({ name: 'birthday_v2', quality: 'RED' }),
    template({ name: 'birthday_v1', language: 'uk', status: 'PENDING' }),
    template({ name: 'birthday_v1', language: 'en_US', parameters: ['message', 'lesson'] }),
    template({ name: 'autumn_news' }),
  ]);
  await clubs.sql`
    select campaigns.keep_submission(
      ${campaign.club.id}, '[{"name": "birthday_v1", "language": "bg", "reason": "Too long."}]', null, ${campaign.now}
    )`;
  return campaign;
}

const shown = (sql: TransactionSql, club: Club) => sql`
  select language, name, is_usable, is_current, why_not, is_resumable from api.templates
  where club_id = ${club.id} and coalesce(scenario, 'birthday') = 'birthday'
  order by scenario, language, name`;

const request = (sql: TransactionSql, club: Club) => sql`select api.request_template_submission(${club.id})`;
const resume = (sql: TransactionSql, club: Club) =>
  sql`select api.resume_template(${club.id}, 'birthday_v2', 'cs')`;

describe('the templates in the dashboard', () => {
  it.each(ROLES)('are shown to the club’s %s with their state and why they stand still', async (role) => {
    const { club } = await start();
    const person = await operator(clubs.sql, club.id, role);
    const rows = await asPerson(clubs.sql, person, (sql) => shown(sql, club));
    const good = { is_usable: true, why_not: null, is_resumable: false };
    const bad = { is_usable: false, is_resumable: false };
    expect(rows).toEqual([
      {
        ...bad,
        language: 'bg',
        name: 'birthday_v1',
        is_current: true,
        why_not: 'WhatsApp did not take it in: Too long.',
      },
      { ...good, language: 'cs', name: 'birthday_v1', is_current: true },
      {
        ...{ ...bad, language: 'cs', name: 'birthday_v2', is_current: false, is_resumable: true },
        why_not: expect.stringContaining('RED'),
      },
      {
        ...{ ...bad, language: 'en', name: 'birthday_v1', is_current: true },
        why_not: expect.stringContaining('It asks for lesson'),
      },
      {
        ...bad,
        language: 'ru',
        name: null,
        is_current: true,
        why_not: expect.stringContaining('There is no template'),
      },
      {
        ...bad,
        language: 'uk',
        name: 'birthday_v1',
        is_current: true,
        why_not: expect.stringContaining('reviewing'),
      },
      { ...good, language: 'cs', name: 'autumn_news', is_current: false },
    ]);
  });

  it('have one current row for every scenario and language', async () => {
    const { club } = await start();
    const rows = await clubs.sql`
      select scenario, language from api.templates
      where club_id = ${club.id} and scenario is not null and is_current`;
    expect(rows).toHaveLength(5 * 5);
    expect(new Set(rows.map(({ scenario, language }) => `${scenario}/${language}`)).size).toBe(25);
  });

  it('are hidden from other clubs and strangers', async () => {
    const { club } = await start();
    const other = await operator(clubs.sql, (await clubs.open()).id, 'owner');
    for (const person of [other, crypto.randomUUID()])
      expect(await asPerson(clubs.sql, person, (sql) => shown(sql, club))).toEqual([]);
  });
});

describe.each([
  ['asking for the starter templates', request, 'templates.requested', 'may submit templates'],
  ['taking a template up again', resume, 'template.resumed', 'may take up its templates again'],
])('%s', (_, act, action, refusal) => {
  it.each(['owner', 'operator'])('is open to the club’s %s, and audited', async (role) => {
    const { club } = await start();
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      await act(sql, club);
      await sql`reset role`;
      const rows =
        await sql`select actor, action from core.audit_log where club_id = ${club.id} and action = ${action}`;
      expect(rows).toEqual([{ actor: `operator:${person}`, action }]);
    });
  });

  it('is closed to everybody else', async () => {
    const { club } = await start();
    const strangers = [
      await operator(clubs.sql, club.id, 'moderator'),
      await operator(clubs.sql, club.id, 'analyst'),
      await operator(clubs.sql, club.id, 'owner', { isActive: false }),
      await operator(clubs.sql, (await clubs.open()).id, 'owner'),
      crypto.randomUUID(),
    ];
    for (const person of strangers)
      await expect(asPerson(clubs.sql, person, (sql) => act(sql, club))).rejects.toThrow(refusal);
    await expect(asPerson(clubs.sql, null, (sql) => act(sql, club))).rejects.toThrow('permission denied');
  });
});

describe('what came of them', () => {
  it('shows in the dashboard: the request, and the template going out again', async () => {
    const { club } = await start();
    const person = await operator(clubs.sql, club.id, 'operator');
    await asPerson(clubs.sql, person, async (sql) => {
      const asked = () => sql`
        select requested_at is not null as is_asked, answered_at, error from api.template_requests where club_id = ${club.id}`;
      expect(await asked()).toEqual([{ is_asked: false, answered_at: null, error: null }]);
      await request(sql, club);
      expect(await asked()).toEqual([{ is_asked: true, answered_at: null, error: null }]);
      await resume(sql, club);
      const rows = await sql`
        select name from api.templates
        where club_id = ${club.id} and scenario = 'birthday' and language = 'cs' and is_current`;
      // The newer one is the one that goes out, now that it may.
      expect(rows).toEqual([{ name: 'birthday_v2' }]);
    });
  });
});
