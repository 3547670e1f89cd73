import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { STARTER_TEMPLATES } from '../../../shared/starter-templates/starter-templates.ts';
import { Campaign, NOON } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const HOUR = 60;
const clubs = useClubs();
let campaign: Campaign;
beforeEach(async () => {
  campaign = await Campaign.start(await clubs.open());
  await campaign.member('eva');
});

let messages = 0;

const shifted = (seconds: number, from = NOON) => new Date(Date.parse(from) + seconds * 1000);

interface Heard {
  at?: Date;
  heardAt?: Date;
  type?: string;
  text?: string;
}

/** Meta tells of a message that a phone sent at `at`, we hear of it at `heardAt`, and a person deals with it at once. */
async function hear(
  phone: string,
  { at = shifted(0), heardAt = at, type = 'text', text = 'Díky!' }: Heard = {},
) {
  messages += 1;
  const payload = {
    id: `wamid.in.${messages}`,
    from: phone.replace('+', ''),
    timestamp: String(at.getTime() / 1000),
    type,
    [type]: { body: text },
  };
  const events = [{ dedupe_key: `message:${messages}`, kind: 'message', payload }];
  await clubs.sql`select api.store_events(${clubs.sql.json(events)}, ${heardAt})`;
  await clubs.sql`select api.process_events(1000, ${heardAt})`;
  await clubs.sql`
    select campaigns.close_conversation(club_id, conversation_id, 'done', 'operator:test', ${heardAt})
    from campaigns.conversations where closed_at is null`;
}

const hearEva = async (how?: Heard) => hear(await campaign.phoneOf('eva'), how);

/** When the window closes, as seen at an instant; null: it is closed. */
async function closing(at = shifted(1), { of = campaign, name = 'eva' } = {}): Promise<Date | null> {
  const [row] = await clubs.sql<{ at: Date | null }[]>`
    select campaigns.window_closes_at(${of.club.id}, ${await of.club.idOf(name)}, ${at}) as at`;
  return row!.at;
}

async function form(name = 'eva') {
  const { id } = (await campaign.draft(name))!;
  const [row] = await clubs.sql<{ form: string; expires_at: Date }[]>`
    select form, expires_at from campaigns.drafts where draft_id = ${id}`;
  return row!;
}

describe('The service window of a member', () => {
  it('is closed until they write, and closes 24 hours after that, to the second', async () => {
    expect(await closing()).toBeNull();
    await hearEva();
    expect(await closing(shifted(24 * 3600 - 1))).toEqual(shifted(24 * 3600));
    expect(await closing(shifted(24 * 3600))).toBeNull();
  });

  it.each(['text', 'button', 'interactive', 'image', 'audio', 'location'])(
    'opens with a message of type %s',
    async (type) => {
      await hearEva({ type });
      expect(await closing()).not.toBeNull();
    },
  );

  it.each(['reaction', 'system', 'unsupported'])(
    'does not open with %s, which may be no message of theirs',
    async (type) => {
      await hearEva({ type });
      expect(await closing()).toBeNull();
    },
  );

  it('opens with a STOP as well, as Meta counts, and nothing is sent into it all the same', async () => {
    await hearEva({ text: 'STOP' });
    expect(await closing()).not.toBeNull();
    await campaign.plan();
    expect(await campaign.skip('eva')).toBe('suppressed');
  });

  it('counts from when they wrote, however late we hear of it', async () => {
    await hearEva({ heardAt: shifted(23 * 3600) });
    expect(await closing(shifted(23 * 3600))).toEqual(shifted(24 * 3600));
    await hearEva({ at: shifted(60), heardAt: shifted(30 * 3600) });
    expect(await closing(shifted(30 * 3600))).toBeNull();
  });

  it('is not prolonged by a clock ahead of ours', async () => {
    await hearEva({ at: shifted(7 * 24 * 3600), heardAt: shifted(0) });
    expect(await closing()).toEqual(shifted(24 * 3600));
  });

  it('is that of the latest message, in whatever order and however often we hear of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -48 * 3600, max: 48 * 3600 }), { minLength: 1, maxLength: 6 }),
        async (seconds) => {
          await clubs.sql`delete from campaigns.service_windows where club_id = ${campaign.club.id}`;
          for (const second of seconds) await hearEva({ at: shifted(second), heardAt: shifted(0) });
          const latest = Math.max(...seconds.map((second) => Math.min(second, 0)));
          expect(await closing(shifted(latest))).toEqual(shifted(latest + 24 * 3600));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is the phone’s: who has another number since has to write from that one', async () => {
    const before = await campaign.phoneOf('eva');
    await hearEva();
    await campaign.club.client('eva', { phone: '+420777000111' });
    expect(await closing()).toBeNull();
    await hear('+420777000111', { at: shifted(3600) });
    expect(await closing(shifted(3601))).toEqual(shifted(25 * 3600));
    await campaign.club.client('eva', { phone: before });
    expect(await closing(shifted(3601))).toEqual(shifted(24 * 3600));
  });

  it('is open for all who share the phone', async () => {
    await campaign.member('adam', undefined, { phone: await campaign.phoneOf('eva') });
    await campaign.member('olga');
    await hearEva();
    expect(await closing(shifted(1), { name: 'adam' })).toEqual(shifted(24 * 3600));
    expect(await closing(shifted(1), { name: 'olga' })).toBeNull();
  });

  it('is open in every club that writes from our number and knows the phone, and in no other', async () => {
    const other = await Campaign.start(await clubs.open());
    await other.member('eva', undefined, { phone: await campaign.phoneOf('eva') });
    const third = await Campaign.start(await clubs.open());
    await third.member('eva');
    await hearEva();
    expect(await closing(shifted(1), { of: other })).toEqual(shifted(24 * 3600));
    expect(await closing(shifted(1), { of: third })).toBeNull();
  });

  it('stays closed after WhatsApp called it so, until they write again', async () => {
    await hearEva();
    await clubs.sql`select campaigns.refuse_window(${campaign.club.id}, ${await campaign.phoneOf('eva')}, ${shifted(60)})`;
    expect(await closing(shifted(61))).toBeNull();
    await hearEva({ at: shifted(30), heardAt: shifted(90) });
    expect(await closing(shifted(91))).toBeNull();
    await hearEva({ at: shifted(120) });
    expect(await closing(shifted(121))).toEqual(shifted(120 + 24 * 3600));
  });
});

describe('A draft to a member who wrote', () => {
  it.each([
    ['two hours are left', 22 * HOUR, 'free_text'],
    ['a minute less is left', 22 * HOUR + 1, 'template'],
  ])('is settled when its words are asked for: %s', async (_, minutes, expected) => {
    await hearEva();
    await campaign.pass(minutes);
    await campaign.plan();
    await campaign.write();
    expect(await form()).toMatchObject({ form: expected });
  });

  it('ends five minutes before the window', async () => {
    await hearEva();
    await campaign.plan();
    await campaign.write();
    expect(await form()).toEqual({ form: 'free_text', expires_at: shifted((24 * HOUR - 5) * 60) });
  });

  it('is void at its approval when the window is closed by then, and is planned anew as a template', async () => {
    await hearEva();
    await campaign.plan();
    await campaign.write();
    await campaign.club.client('eva', { phone: '+420777000222' });
    expect(await campaign.decide('eva')).toMatchObject({ outcome: 'not_eligible', reason: 'window_closed' });
    expect(await campaign.skip('eva')).toBe('window_closed');

    await campaign.pass(5);
    expect(await campaign.plan()).toMatchObject({ planned: 1 });
    expect(await campaign.skip('eva')).toBeUndefined();
    await campaign.write();
    expect(await form()).toMatchObject({ form: 'template' });
    expect(await campaign.decide('eva')).toMatchObject({ outcome: 'approved' });
  });

  it('needs no template: one that was stopped since does not hold it', async () => {
    await hearEva();
    await campaign.plan();
    await campaign.write();
    await clubs.sql`update campaigns.templates set status = 'PAUSED' where club_id = ${campaign.club.id}`;
    expect(await campaign.decide('eva')).toMatchObject({ outcome: 'approved' });
  });
});

it.each(
  STARTER_TEMPLATES.filter(({ name }) => name.startsWith('birthday')).map((each) => [each.language, each]),
)(
  'A full message in %s ends as the templates do: what it is, and how to get no more',
  async (language, { footer }) => {
    const [row] = await clubs.sql<{ footer: string }[]>`
      select campaigns.free_text_footer(${language}) as footer`;
    expect(row!.footer).toBe(footer);
  },
);
