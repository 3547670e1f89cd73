import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const at = (hours: number) => new Date(Date.parse(NOON) + hours * 3_600_000);

interface Entry {
  basis: 'consent' | 'existing_customer';
  given: number;
  withdrawn: number | null;
}

async function start(names = ['eva']): Promise<Campaign> {
  const campaign = await Campaign.start(await clubs.open());
  for (const [index, name] of names.entries()) {
    await campaign.club.client(name, { phone: `+42060170000${index}` });
  }
  return campaign;
}

/** An entry of the ledger, its hours counted from noon. */
async function enter(campaign: Campaign, { basis, given, withdrawn }: Entry, name = 'eva'): Promise<void> {
  await clubs.sql`
    insert into campaigns.consents (club_id, client_id, basis, source, text_version, given_at, withdrawn_at)
    values (
      ${campaign.club.id}, ${await campaign.club.idOf(name)}, ${basis}, 'form', 'v1', ${at(given)},
      ${withdrawn === null ? null : at(withdrawn)}
    )`;
}

async function basis(campaign: Campaign, when = at(0), name = 'eva'): Promise<string | null> {
  const rows = await clubs.sql<{ basis: string }[]>`
    select basis from campaigns.bases(${campaign.club.id}, ${when}, array[${await campaign.club.idOf(name)}]::bigint[])`;
  expect(rows.length).toBeLessThan(2);
  return rows[0]?.basis ?? null;
}

const allowed = (campaign: Campaign) => campaign.club.set({ has_existing_customer_exception: true });

const ledger = (campaign: Campaign) => clubs.sql`
  select basis, source, withdrawn_at, withdrawn_by, withdrawn_how from campaigns.consents
  where club_id = ${campaign.club.id} order by consent_id`;

describe('the ledger', () => {
  it.each([
    ['source', `source = 'another form'`],
    ['text_version', `text_version = 'v2'`],
    ['given_at', `given_at = given_at - interval '1 day'`],
    ['proof', `proof = 'found later'`],
    ['basis', `basis = 'existing_customer'`],
    ['withdrawn_how alone', `withdrawn_how = 'never mind'`],
  ])('lets nobody change %s of an entry', async (_, change) => {
    const campaign = await start();
    await enter(campaign, { basis: 'consent', given: -1, withdrawn: null });
    await expect(
      clubs.sql.unsafe(`update campaigns.consents set ${change} where club_id = ${campaign.club.id}`),
    ).rejects.toThrow('Of a consent nothing changes but that it is withdrawn');
  });

  it('lets an entry be withdrawn once, not before it was given, and not be taken back', async () => {
    const campaign = await start();
    await enter(campaign, { basis: 'consent', given: -1, withdrawn: null });
    const withdraw = (when: Date | null) =>
      clubs.sql`update campaigns.consents set withdrawn_at = ${when} where club_id = ${campaign.club.id}`;
    await expect(withdraw(at(-2))).rejects.toThrow('consents_given_before_withdrawn');
    await withdraw(at(0));
    await expect(withdraw(at(1))).rejects.toThrow('was withdrawn, and stays so');
    await expect(withdraw(null)).rejects.toThrow('was withdrawn, and stays so');
  });

  it('loses no entry, but with its client or its club', async () => {
    const campaign = await start(['eva', 'jan']);
    for (const name of ['eva', 'jan'])
      await enter(campaign, { basis: 'consent', given: -1, withdrawn: null }, name);
    const { id } = campaign.club;
    await expect(clubs.sql`delete from campaigns.consents where club_id = ${id}`).rejects.toThrow(
      'never deleted',
    );
    await clubs.sql`delete from crm.clients where club_id = ${id} and external_id = 'eva'`;
    expect(await ledger(campaign)).toHaveLength(1);
    await clubs.sql`delete from core.clubs where club_id = ${id}`;
    expect(await ledger(campaign)).toEqual([]);
  });

  it.each([
    ['of tomorrow', { given: 24 }, 'not later than now'],
    ['from nowhere', { source: ' ' }, 'it proves nothing'],
    ['to no wording', { version: '' }, 'it proves nothing'],
    ['on another ground', { basis: 'legitimate_interest' }, 'consent or existing_customer'],
  ])('refuses a consent %s', async (_, given, sentence) => {
    const campaign = await start();
    const entry = { basis: 'consent', source: 'form', version: 'v1', given: -1, ...given };
    await expect(clubs.sql`
      select campaigns.record_consent(
        ${campaign.club.id}, ${await campaign.club.idOf('eva')}, ${entry.basis}, ${entry.source}, ${entry.version}, null,
        ${at(entry.given)}, null, 'operator:x', ${at(0)}
      )`).rejects.toThrow(sentence);
    expect(await ledger(campaign)).toEqual([]);
  });
});

describe('a basis', () => {
  it('is a consent from the moment it is given until it is withdrawn', async () => {
    const campaign = await start();
    await enter(campaign, { basis: 'consent', given: -2, withdrawn: 2 });
    const read = [-3, -2, 1, 2, 3].map((hour) => basis(campaign, at(hour)));
    expect(await Promise.all(read)).toEqual([null, 'consent', 'consent', null, null]);
  });

  it('is the existing-customer exception for everybody who never objected, where the club enabled it', async () => {
    const campaign = await start(['eva', 'jan']);
    await enter(campaign, { basis: 'existing_customer', given: -2, withdrawn: null });
    expect([await basis(campaign), await basis(campaign, at(0), 'jan')]).toEqual([null, null]);
    await allowed(campaign);
    expect([await basis(campaign), await basis(campaign, at(0), 'jan')]).toEqual([
      'existing_customer',
      'existing_customer',
    ]);
  });

  it('is never again the exception for whoever withdrew, until they consent anew', async () => {
    const campaign = await start();
    await allowed(campaign);
    await enter(campaign, { basis: 'consent', given: -3, withdrawn: -2 });
    await enter(campaign, { basis: 'existing_customer', given: -1, withdrawn: null });
    expect(await basis(campaign, at(-3))).toBe('consent');
    expect(await basis(campaign)).toBeNull();
    await enter(campaign, { basis: 'consent', given: 0, withdrawn: null });
    expect(await basis(campaign)).toBe('consent');
  });

  it.each([
    ['stop_word', null],
    ['do_not_contact', null],
    ['unreachable', 'existing_customer'],
  ])('after a suppression for %s that was lifted, without a ledger entry, is %s', async (cause, expected) => {
    const campaign = await start();
    await allowed(campaign);
    await campaign.suppress('eva', cause);
    await clubs.sql`update campaigns.suppressions set lifted_at = ${at(1)} where club_id = ${campaign.club.id}`;
    expect(await basis(campaign, at(2))).toBe(expected);
    expect(await basis(campaign, at(-1))).toBe('existing_customer');
  });

  it('of any history is what its definition says, and the same for one client and for many', async () => {
    const entry = fc.record({
      basis: fc.constantFrom('consent' as const, 'existing_customer' as const),
      given: fc.integer({ min: -9, max: 0 }),
      lasts: fc.option(fc.integer({ min: 0, max: 9 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: -9, max: 9 }),
        async (given, isOn, when) => {
          const campaign = await start(['eva', 'other']);
          await campaign.club.set({ has_existing_customer_exception: isOn });
          const entries = given.map((each): Entry => {
            return { ...each, withdrawn: each.lasts === null ? null : each.given + each.lasts };
          });
          for (const each of entries) await enter(campaign, each);
          const isConsenting = entries.some(
            (each) =>
              each.basis === 'consent' &&
              each.given <= when &&
              (each.withdrawn === null || each.withdrawn > when),
          );
          const hasObjected = entries.some(({ withdrawn }) => withdrawn !== null && withdrawn <= when);
          const expected = isConsenting ? 'consent' : isOn && !hasObjected ? 'existing_customer' : null;
          expect(await basis(campaign, at(when))).toBe(expected);
          const [many] = await clubs.sql<{ basis: string | null }[]>`
          select (
            select basis from campaigns.bases(${campaign.club.id}, ${at(when)}, array(select client_id from crm.clients where club_id = ${campaign.club.id}))
            where client_id = ${await campaign.club.idOf('eva')}
          ) as basis`;
          expect(many!.basis).toBe(expected);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a client', () => {
  it('who withdrew is no_consent in a club with the exception', async () => {
    const campaign = await start([]);
    await allowed(campaign);
    await campaign.member('eva');
    await clubs.sql`update campaigns.consents set withdrawn_at = ${at(-1)} where club_id = ${campaign.club.id}`;
    expect(await campaign.candidate('eva')).toMatchObject({ skip_reason: 'no_consent' });
  });
});
