import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Campaign, template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

interface Task {
  club_id: number;
  draft_id: string;
  lease_token: string;
  form: string;
  facts: { id: string; value: string | number }[];
  address: string | null;
  voice: { version: number; tone: string; forbidden_words: string[] };
  last_message: string | null;
  frame: string;
  has_opt_out_button: boolean;
  max_length: number;
  static_message: string;
  static_reason: string | null;
}

const clubs = useClubs();
let campaign: Campaign;
beforeEach(async () => {
  campaign = await Campaign.start(await clubs.open());
});

async function claim(model: string | null = null, estimate: number | null = null): Promise<Task[]> {
  const [row] = await campaign.sql<{ tasks: Task[] }[]>`
    select api.claim_drafts(100, 60, ${model}, ${estimate}, ${campaign.now}) as tasks`;
  return row!.tasks.filter(({ club_id }) => club_id === campaign.club.id);
}

async function claimOne(model?: string, estimate?: number): Promise<Task> {
  const tasks = await claim(model, estimate);
  expect(tasks).toHaveLength(1);
  return tasks[0]!;
}

async function store(task: Task, message: string, source = 'claude', usage = {}): Promise<string> {
  const [row] = await campaign.sql<{ status: string }[]>`
    select api.store_draft(
      ${task.club_id}, ${task.draft_id}, ${task.lease_token}, ${message}, ${source}, 'test', ${campaign.sql.json(usage)},
      ${campaign.now}
    ) as status`;
  return row!.status;
}

const charges = () =>
  campaign.sql`
    select estimate_micro_usd::integer as estimate, cost_micro_usd::integer as cost, attempts
    from campaigns.drafting_charges where club_id = ${campaign.club.id} order by charged_at`;

describe('A draft that is claimed', () => {
  it('comes with the frame its words will stand in, and the room there is for them', async () => {
    await campaign.templates([
      template({ body: `${'x'.repeat(900)} {{message}} {{club}}.`, footer: 'Footer' }),
    ]);
    await campaign.member('eva');
    await campaign.plan();
    const task = await claimOne();
    const name = task.frame.slice(task.frame.indexOf('}} ') + 3, task.frame.indexOf('.\n'));
    expect(task.frame).toBe(`${'x'.repeat(900)} {{message}} ${name}.\n\nFooter`);
    expect(task.max_length).toBe(1024 - `${'x'.repeat(900)}  ${name}.`.length);
    expect(await store(task, 'y'.repeat(task.max_length))).toBe('pending');
  });

  it('is given 200 characters where the template leaves more', async () => {
    await campaign.member('eva');
    await campaign.plan();
    expect((await claimOne()).max_length).toBe(200);
  });

  it('is told what the member was last sent, and nothing of what never went out', async () => {
    await campaign.member('eva');
    await campaign.plan();
    const task = await claimOne();
    expect(task.last_message).toBeNull();
    await store(task, 'Držíme vám místo.');
    const [before] =
      await campaign.sql`select campaigns.last_message(${campaign.club.id}, ${await campaign.club.idOf('eva')})`;
    expect(before!.last_message).toBeNull();
    await campaign.decide('eva');
    await campaign.sql`select outbox.claim_messages(10, 60, ${campaign.now})`;
    const [after] =
      await campaign.sql`select campaigns.last_message(${campaign.club.id}, ${await campaign.club.idOf('eva')})`;
    expect(after!.last_message).toBe('Držíme vám místo.');
  });

  it('reserves its estimate when Claude is to be asked, and nothing when drafting is off', async () => {
    await campaign.member('eva');
    await campaign.plan();
    await claimOne();
    expect(await charges()).toEqual([]);
    await campaign.pass(2);
    const task = await claimOne('claude-haiku-5-5', 1600);
    expect(task.static_reason).toBeNull();
    expect(await charges()).toEqual([{ estimate: 1600, cost: null, attempts: null }]);
    await store(task, 'Držíme vám místo.', 'claude', { cost_micro_usd: 210, attempts: 1 });
    expect(await charges()).toEqual([{ estimate: 1600, cost: 210, attempts: 1 }]);
  });

  it('is paid for also when its words come too late to be used', async () => {
    await campaign.member('eva');
    await campaign.plan();
    const late = await claimOne('claude-haiku-5-5', 1600);
    await campaign.pass(2);
    const task = await claimOne('claude-haiku-5-5', 1600);
    expect(await store(late, 'Too late.', 'claude', { cost_micro_usd: 210, attempts: 1 })).toBe('planned');
    expect(await store(task, 'Držíme vám místo.', 'claude', { cost_micro_usd: 220, attempts: 1 })).toBe(
      'pending',
    );
    expect(await charges()).toEqual([
      { estimate: 1600, cost: 210, attempts: 1 },
      { estimate: 1600, cost: 220, attempts: 1 },
    ]);
  });

  it('goes to a person when something about it is to be looked at, whatever the mode', async () => {
    await campaign.club.set({ delivery_mode: 'notification' });
    await campaign.member('eva');
    await campaign.plan();
    const warnings = ['The message does not say how to opt out.'];
    expect(await store(await claimOne(), 'Držíme vám místo.', 'static', { warnings })).toBe('pending');
  });

  it('ends with a reason when not even the static line fits', async () => {
    await campaign.templates([template({ body: `${'x'.repeat(1015)} {{message}} a.` })]);
    await campaign.member('eva');
    await campaign.plan();
    const task = await claimOne();
    await expect(store(task, 'Držíme vám místo.')).rejects.toThrow(/1024 characters/);
    expect(await store(task, task.static_message, 'static')).toBe('cancelled');
    expect(await campaign.skip('eva')).toBe('too_long');
  });

  it('knows a button that opts out', async () => {
    const components = [
      { type: 'BODY', text: '' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Odhlásit odběr' }] },
    ];
    await campaign.templates([template({ components })]);
    await campaign.member('eva');
    await campaign.plan();
    expect((await claimOne()).has_opt_out_button).toBe(true);
  });
});

describe('A template', () => {
  const render = async (body: string, parameters: Record<string, string>) => {
    const [row] = await campaign.sql<{ render: string }[]>`
      select campaigns.render(${body}, ${campaign.sql.json(parameters)})`;
    return row!.render;
  };

  it('is filled in one pass: what a parameter holds is never taken for another one', async () => {
    const parameters = {
      club: '{{message}}',
      message: 'from {{club}} & {{first_name}}',
      first_name: '\\1$&',
    };
    expect(await render('{{club}}: {{message}}, {{first_name}}!', parameters)).toBe(
      '{{message}}: from {{club}} & {{first_name}}, \\1$&!',
    );
  });

  it('keeps every character around its parameters', async () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[{}\0]/.test(text));
    await fc.assert(
      fc.asyncProperty(plain, plain, plain, async (before, value, after) => {
        expect(await render(`${before}{{club}}${after}`, { club: value })).toBe(`${before}${value}${after}`);
      }),
      { numRuns: 60 },
    );
  });
});
