import type { TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();

/** Real time: these doors ask the clock themselves. */
const now = () => new Date();
const hoursAgo = (hours: number) => new Date(now().getTime() - hours * 3_600_000);

async function start() {
  const campaign = await Campaign.start(await clubs.open(), now().toISOString());
  await campaign.club.client('eva', { phone: '+420601000001' });
  return { campaign, club: campaign.club, eva: await campaign.club.idOf('eva') };
}
type Scene = Awaited<ReturnType<typeof start>>;

const as = async <T>({ club }: Scene, role: string, work: (sql: TransactionSql) => PromiseLike<T>) =>
  asPerson(clubs.sql, await operator(clubs.sql, club.id, role), work);

const record = (sql: TransactionSql, { club, eva }: Scene, givenAt = hoursAgo(1), client = eva) =>
  sql`select api.record_consent(${club.id}, ${client}, 'consent', 'desk', 'v1', ${givenAt}, 'form 7', 'cs')`;

const withdraw = (sql: TransactionSql, { club, eva }: Scene) =>
  sql<{ done: object }[]>`select api.withdraw_consent(${club.id}, ${eva}, 'by telephone') as done`;

const lift = (sql: TransactionSql, { club, eva }: Scene, givenAt: Date | null = null, reason = 'She asked') =>
  sql`
    select api.lift_suppression(
      ${club.id}, ${eva}, ${reason}, ${givenAt && 'desk'}, ${givenAt && 'v1'}, ${givenAt}, ${givenAt && 'form 8'}
    )`;

const state = async (sql: TransactionSql, { club, eva }: Scene) =>
  (await sql`select * from api.marketing_state(${club.id}, ${eva})`)[0];

const audited = (sql: TransactionSql, { club }: Scene) => sql`
  select action, actor like 'operator:%' as is_person, detail from core.audit_log
  where club_id = ${club.id} order by audit_id`;

/** In the transaction of a person: what only the database itself may do. */
const asDatabase = async (sql: TransactionSql, work: () => PromiseLike<unknown>) => {
  await sql`reset role`;
  await work();
  await sql`set local role authenticated`;
};

describe('the state of a client', () => {
  it('says in every role whether there is a basis', async () => {
    const scene = await start();
    for (const role of ['owner', 'operator', 'moderator', 'analyst']) {
      expect(await as(scene, role, (sql) => state(sql, scene))).toMatchObject({
        obstacle: 'no_consent',
        basis: null,
      });
      await scene.club.set({ has_existing_customer_exception: true });
      expect(await as(scene, role, (sql) => state(sql, scene))).toMatchObject({ basis: 'existing_customer' });
      await scene.club.set({ has_existing_customer_exception: false });
    }
  });

  it('is what a candidate of any scenario would be skipped for', async () => {
    const scene = await start();
    const { campaign, club } = scene;
    const stories: [string, () => Promise<unknown>][] = [
      ['nothing', async () => undefined],
      ['a consent', () => campaign.consent('eva')],
      ['an unreachable phone', () => campaign.suppress('eva', 'unreachable')],
      ['another phone', () => club.client('eva', { phone: '+420601000002' })],
      ['a stop', () => campaign.suppress('eva')],
      ['another phone still', () => club.client('eva', { phone: '+420601000003' })],
      ['somebody who shares it', () => club.client('jan', { phone: '+420601000003' })],
      [
        'the platform’s exclusion of both',
        () => club.client('jan', { phone: '+420601000003', is_excluded_from_mailings: true }),
      ],
      ['no phone', () => club.client('eva', { phone: null })],
    ];
    for (const [story, happens] of stories) {
      await happens();
      for (const name of ['eva', 'jan']) {
        const [row] = await clubs.sql`
          select
            case
              when checks.phone is null then 'no_phone'
              when checks.is_suppressed then 'suppressed'
              when not checks.has_consent then 'no_consent'
            end as expected,
            (select obstacle from campaigns.marketing_state(client.club_id, client.client_id, ${now()})) as obstacle
          from crm.clients as client
          cross join lateral campaigns.client_checks(client.club_id, ${club.today}, ${now()}, array[client.client_id]) as checks
          where client.club_id = ${club.id} and client.external_id = ${name}`;
        if (row) expect(row['obstacle'], `${name} after ${story}`).toBe(row['expected']);
      }
    }
  });

  it('is nobody else’s to see, and neither is the ledger', async () => {
    const scene = await start();
    await scene.campaign.consent('eva');
    await scene.campaign.suppress('eva');
    const stranger = await operator(clubs.sql, (await clubs.open()).id, 'owner');
    await asPerson(clubs.sql, stranger, async (sql) => {
      expect(await state(sql, scene)).toBeUndefined();
      expect(await sql`select from api.consents where club_id = ${scene.club.id}`).toEqual([]);
      expect(await sql`select from api.suppressions where club_id = ${scene.club.id}`).toEqual([]);
    });
    await expect(asPerson(clubs.sql, null, (sql) => state(sql, scene))).rejects.toThrow('permission denied');
  });
});

describe('recording a consent', () => {
  it.each(['owner', 'operator'])('is for the club’s %s, in their name', async (role) => {
    const scene = await start();
    await as(scene, role, async (sql) => {
      await record(sql, scene);
      expect(await state(sql, scene)).toMatchObject({ obstacle: null, basis: 'consent' });
      const [entry] =
        await sql`select source, proof, language, recorded_by from api.consents where club_id = ${scene.club.id}`;
      expect(entry).toMatchObject({ source: 'desk', proof: 'form 7', language: 'cs' });
      expect(entry!['recorded_by']).toMatch(/^operator:/);
      await asDatabase(sql, async () => {
        expect(await audited(sql, scene)).toMatchObject([{ action: 'consent.recorded', is_person: true }]);
      });
    });
  });

  it('is for nobody else, nor of a stranger’s client', async () => {
    const scene = await start();
    for (const role of ['moderator', 'analyst']) {
      await expect(as(scene, role, (sql) => record(sql, scene))).rejects.toThrow('Your role in the club');
    }
    const other = await start();
    await expect(as(scene, 'owner', (sql) => record(sql, scene, hoursAgo(1), other.eva))).rejects.toThrow(
      'The club has no client',
    );
    const stranger = await operator(clubs.sql, other.club.id, 'owner');
    await expect(asPerson(clubs.sql, stranger, (sql) => record(sql, scene))).rejects.toThrow(
      'Your role in the club',
    );
  });
});

describe('withdrawing', () => {
  it.each(['owner', 'operator', 'moderator'])('is for the club’s %s', async (role) => {
    const scene = await start();
    await scene.campaign.consent('eva');
    await as(scene, role, async (sql) => {
      expect((await withdraw(sql, scene))[0]).toEqual({ done: { messages: 0, drafts: 0, on_their_way: 0 } });
      expect(await state(sql, scene)).toMatchObject({
        obstacle: 'suppressed',
        cause: 'do_not_contact',
        basis: null,
      });
      const [entry] =
        await sql`select withdrawn_by, withdrawn_how from api.consents where club_id = ${scene.club.id}`;
      expect(entry).toEqual({ withdrawn_by: 'do_not_contact', withdrawn_how: 'by telephone' });
    });
  });

  it('is not for an analyst', async () => {
    const scene = await start();
    await expect(as(scene, 'analyst', (sql) => withdraw(sql, scene))).rejects.toThrow(
      'Your role in the club',
    );
  });
});

describe('lifting a suppression', () => {
  it('after their own word takes a consent given since, and is audited with the reason', async () => {
    const scene = await start();
    scene.campaign.now = hoursAgo(2);
    await scene.campaign.suppress('eva');
    await expect(as(scene, 'owner', (sql) => lift(sql, scene))).rejects.toThrow(
      'a consent that they gave since',
    );
    await expect(as(scene, 'owner', (sql) => lift(sql, scene, hoursAgo(3)))).rejects.toThrow('gave since');
    await as(scene, 'owner', async (sql) => {
      await lift(sql, scene, hoursAgo(1));
      expect(await state(sql, scene)).toMatchObject({ obstacle: null, basis: 'consent' });
      const [row] =
        await sql`select lifted_by like 'operator:%' as is_person, lift_reason from api.suppressions where club_id = ${scene.club.id}`;
      expect(row).toEqual({ is_person: true, lift_reason: 'She asked' });
      await asDatabase(sql, async () => {
        expect((await audited(sql, scene)).slice(1)).toMatchObject([
          { action: 'consent.recorded' },
          {
            action: 'member.suppression_lifted',
            is_person: true,
            detail: { reason: 'She asked', suppressions: 1 },
          },
        ]);
      });
    });
  });

  it('after a second stop takes a consent given after that one', async () => {
    const scene = await start();
    scene.campaign.now = hoursAgo(5);
    await scene.campaign.suppress('eva');
    scene.campaign.now = hoursAgo(2);
    await scene.campaign.suppress('eva', 'button');
    await expect(as(scene, 'owner', (sql) => lift(sql, scene, hoursAgo(3)))).rejects.toThrow('gave since');
  });

  it('of a phone that did not answer takes a reason, and no consent', async () => {
    const scene = await start();
    await scene.campaign.consent('eva');
    await scene.campaign.suppress('eva', 'unreachable');
    await expect(as(scene, 'owner', (sql) => lift(sql, scene, null, ' '))).rejects.toThrow('Say why');
    await as(scene, 'operator', async (sql) => {
      await lift(sql, scene);
      expect(await state(sql, scene)).toMatchObject({ obstacle: null });
    });
  });

  it('leaves whoever shares the phone without a basis of their own', async () => {
    const scene = await start();
    await scene.club.set({ has_existing_customer_exception: true });
    scene.campaign.now = hoursAgo(2);
    await scene.campaign.suppress('eva');
    await scene.club.client('child', { phone: '+420601000001' });
    const child = await scene.club.idOf('child');
    await as(scene, 'owner', async (sql) => {
      await lift(sql, scene, hoursAgo(1));
      expect(await state(sql, scene)).toMatchObject({ obstacle: null });
      expect(await state(sql, { ...scene, eva: child })).toMatchObject({ obstacle: 'no_consent' });
    });
  });

  it('of somebody whom nothing suppresses says so', async () => {
    const scene = await start();
    await expect(as(scene, 'owner', (sql) => lift(sql, scene))).rejects.toThrow(
      'Nothing suppresses this client',
    );
  });

  it.each(['moderator', 'analyst'])('is not for a %s', async (role) => {
    const scene = await start();
    await scene.campaign.suppress('eva', 'unreachable');
    await expect(as(scene, role, (sql) => lift(sql, scene))).rejects.toThrow('Your role in the club');
  });
});
