import postgres from 'postgres';
import type { Sql } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import type { PromoCodeFields, Redemption } from '../promo-codes.ts';
import { createPromoCode, disable, idOfPromoCode, redeem, redemptions } from '../promo-codes.ts';

const clubs = useClubs();

async function code(fields: PromoCodeFields = {}): Promise<Club> {
  const club = await clubs.open();
  await createPromoCode(clubs.sql, club, fields);
  return club;
}

/** Connections of their own, for callers that do not wait for each other. */
async function together<T>(count: number, work: (connections: Sql[]) => Promise<T>): Promise<T> {
  const connections = Array.from({ length: count }, () => postgres(clubs.database.url, { max: 1 }));
  try {
    return await work(connections);
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

interface Waiting {
  result: Promise<[PromiseSettledResult<Redemption>]>;
}

/** A redemption that stands behind another's lock by the time this returns; its result comes later. */
async function behind(sql: Sql, club: Club, at?: string): Promise<Waiting> {
  const [own] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const result = Promise.allSettled([redeem(sql, club, 'SUMMER', at === undefined ? {} : { at })] as const);
  let isWaiting = false;
  while (!isWaiting) {
    const rows = await clubs.sql`
      select from pg_stat_activity where pid = ${own!.pid} and wait_event_type = 'Lock'`;
    isWaiting = rows.length > 0;
  }
  return { result };
}

describe('a redemption', () => {
  it('of a client says what the code takes off and what was recorded', async () => {
    const club = await code({ code: 'SPRING', minor: 20_000, title: 'Spring' });
    await club.client('eva');
    const id = crypto.randomUUID();
    const client = await club.idOf('eva');
    expect(await redeem(clubs.sql, club, ' spring', { id, client, amount: 15_000 })).toEqual({
      redemption_id: id,
      promo_code_id: await idOfPromoCode(clubs.sql, club, 'SPRING'),
      code: 'SPRING',
      title: 'Spring',
      discount_percent: null,
      discount_minor: 20_000,
      client_id: client,
      amount_minor: 15_000,
      redeemed_at: '2026-06-15T10:00:00+00:00',
      redeemed_by: 'test',
    });
  });

  it('needs neither a client nor an amount', async () => {
    expect(await redeem(clubs.sql, await code())).toMatchObject({ client_id: null, amount_minor: null });
  });

  it('stays, without a name, when the client is erased', async () => {
    const club = await code({ limit: 1 });
    await club.client('eva');
    await redeem(clubs.sql, club, 'SUMMER', { client: await club.idOf('eva') });
    await clubs.sql`delete from crm.clients where club_id = ${club.id}`;
    const rows = await clubs.sql`
      select club_id::int, client_id from crm.promo_redemptions where club_id = ${club.id}`;
    expect(rows).toEqual([{ club_id: club.id, client_id: null }]);
    await expect(redeem(clubs.sql, club)).rejects.toMatchObject({ code: 'PCUSE' });
  });

  it('goes with its club', async () => {
    const club = await code();
    await redeem(clubs.sql, club);
    await clubs.sql`delete from core.clubs where club_id = ${club.id}`;
    expect(await redemptions(clubs.sql, club)).toBe(0);
  });
});

describe('a refusal', () => {
  it.each<[string, string, PromoCodeFields]>([
    ['PCEXP', 'was valid until 2026-06-14: offer one that still is.', { until: '2026-06-14' }],
    ['PCSCH', 'is valid from 2026-06-16: redeem it from that day on.', { from: '2026-06-16' }],
  ])('with %s says "%s"', async (refusal, words, fields) => {
    const club = await code({ from: '2026-06-01', ...fields });
    const redeemed = redeem(clubs.sql, club);
    await expect(redeemed).rejects.toThrow(`The promo code SUMMER ${words}`);
    await expect(redeemed).rejects.toMatchObject({ code: refusal });
    expect(await redemptions(clubs.sql, club)).toBe(0);
  });

  it('with PCUSE comes when the limit is reached', async () => {
    const club = await code({ limit: 2 });
    await redeem(clubs.sql, club);
    await redeem(clubs.sql, club);
    const redeemed = redeem(clubs.sql, club);
    await expect(redeemed).rejects.toThrow('is used up after 2 redemptions: offer another one.');
    await expect(redeemed).rejects.toMatchObject({ code: 'PCUSE' });
  });

  it('with PCDIS comes from the moment of disabling', async () => {
    const club = await code();
    await redeem(clubs.sql, club);
    await disable(clubs.sql, club, await idOfPromoCode(clubs.sql, club));
    const redeemed = redeem(clubs.sql, club);
    await expect(redeemed).rejects.toThrow('is disabled: offer another one.');
    await expect(redeemed).rejects.toMatchObject({ code: 'PCDIS' });
  });

  it('with PCUNK names a code the club does not have, though another club has it', async () => {
    await code({ code: 'THEIRS' });
    const redeemed = redeem(clubs.sql, await code(), 'THEIRS');
    await expect(redeemed).rejects.toThrow('The club has no promo code "THEIRS": check its spelling');
    await expect(redeemed).rejects.toMatchObject({ code: 'PCUNK' });
  });

  it('names a client who is not the club’s, or not any more', async () => {
    const club = await code();
    const other = await clubs.open();
    await other.client('eva');
    await club.client('jan');
    await club.deleteClient('jan');
    for (const client of [await other.idOf('eva'), await club.idOf('jan')]) {
      const redeemed = redeem(clubs.sql, club, 'SUMMER', { client });
      await expect(redeemed).rejects.toThrow(`The club has no client ${client}`);
    }
    expect(await redemptions(clubs.sql, club)).toBe(0);
  });

  it('asks for an id and for a discount that is not negative', async () => {
    const club = await code();
    await expect(redeem(clubs.sql, club, 'SUMMER', { id: null })).rejects.toThrow('needs an id of its own');
    await expect(redeem(clubs.sql, club, 'SUMMER', { amount: -1 })).rejects.toThrow('is 0 or more');
  });
});

describe('the same redemption id', () => {
  it('again returns the first result and counts once, whatever became of the code since', async () => {
    const club = await code({ limit: 1, until: '2026-06-15' });
    const id = crypto.randomUUID();
    const first = await redeem(clubs.sql, club, 'SUMMER', { id, amount: 500 });
    expect(await redeem(clubs.sql, club, 'summer', { id, amount: 500, at: '2026-06-17T10:00:00Z' })).toEqual(
      first,
    );
    await disable(clubs.sql, club, await idOfPromoCode(clubs.sql, club));
    expect(await redeem(clubs.sql, club, 'SUMMER', { id, amount: 500 })).toEqual(first);
    expect(await redemptions(clubs.sql, club)).toBe(1);
  });

  it('for something else is refused with PCRED', async () => {
    const club = await code();
    await createPromoCode(clubs.sql, club, { code: 'OTHER' });
    await club.client('eva');
    const id = crypto.randomUUID();
    await redeem(clubs.sql, club, 'SUMMER', { id });
    for (const [other, fields] of [
      ['OTHER', {}],
      ['SUMMER', { amount: 1 }],
      ['SUMMER', { client: await club.idOf('eva') }],
    ] as const) {
      const repeated = redeem(clubs.sql, club, other, { id, ...fields });
      await expect(repeated).rejects.toThrow('was recorded for something else: send a new uuid');
      await expect(repeated).rejects.toMatchObject({ code: 'PCRED' });
    }
    expect(await redemptions(clubs.sql, club)).toBe(1);
  });

  it('in another club is another redemption', async () => {
    const id = crypto.randomUUID();
    for (const club of [await code(), await code()]) {
      expect(await redeem(clubs.sql, club, 'SUMMER', { id })).toMatchObject({ redemption_id: id });
    }
  });

  it('by a double tap at the same moment counts once', async () => {
    const club = await code({ limit: 1 });
    const id = crypto.randomUUID();
    const results = await together(3, (connections) =>
      Promise.all(connections.map((sql) => redeem(sql, club, 'SUMMER', { id }))),
    );
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(await redemptions(clubs.sql, club)).toBe(1);
  });

  it('for two codes at the same moment is one redemption', async () => {
    const club = await code();
    await createPromoCode(clubs.sql, club, { code: 'OTHER' });
    const id = crypto.randomUUID();
    const results = await together(2, ([first, second]) =>
      Promise.allSettled([redeem(first!, club, 'SUMMER', { id }), redeem(second!, club, 'OTHER', { id })]),
    );
    const refusals = results.filter((result) => result.status === 'rejected');
    expect(refusals).toHaveLength(1);
    expect(refusals[0]!.reason).toMatchObject({ code: 'PCRED' });
    expect(await redemptions(clubs.sql, club)).toBe(1);
  });
});

describe('the last redemption', () => {
  it('is one, when several take it at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const club = await code({ limit: 3 });
      await redeem(clubs.sql, club);
      await redeem(clubs.sql, club);
      const results = await together(4, (connections) =>
        Promise.allSettled(connections.map((sql) => redeem(sql, club))),
      );
      const refusals = results.filter((result) => result.status === 'rejected');
      expect(refusals.map(({ reason }) => reason.code)).toEqual(['PCUSE', 'PCUSE', 'PCUSE']);
      expect(await redemptions(clubs.sql, club)).toBe(3);
    }
  });

  it('is gone for whoever waited for it, though their clock is behind', async () => {
    const club = await code({ limit: 1 });
    await together(2, async ([first, second]) => {
      const waiting = await first!.begin(async (transaction) => {
        await redeem(transaction, club, 'SUMMER', { at: '2026-06-15T10:00:01Z' });
        return { late: await behind(second!, club, '2026-06-15T10:00:00Z') };
      });
      const [late] = await waiting.late.result;
      expect(late).toMatchObject({ status: 'rejected', reason: { code: 'PCUSE' } });
    });
  });

  it('is still there when whoever held it gave up', async () => {
    const club = await code({ limit: 1 });
    await together(2, async ([first, second]) => {
      let waiting: Waiting | undefined;
      const given = first!.begin(async (transaction) => {
        await redeem(transaction, club);
        waiting = await behind(second!, club);
        throw new Error('gave up');
      });
      await expect(given).rejects.toThrow('gave up');
      const [late] = await waiting!.result;
      expect(late).toMatchObject({ status: 'fulfilled', value: { code: 'SUMMER' } });
    });
    expect(await redemptions(clubs.sql, club)).toBe(1);
  });
});
