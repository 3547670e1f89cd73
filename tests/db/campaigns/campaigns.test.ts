import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { BY, COMPLETE, OneOff, spring } from '../one-off.ts';

const clubs = useClubs();

async function start(): Promise<OneOff> {
  const oneOff = await OneOff.start(await clubs.open());
  await oneOff.campaign.member('eva', [20, 25], { first_name: 'Eva' });
  return oneOff;
}

const audit = ({ sql, club }: OneOff) =>
  sql`
    select actor, action, object from core.audit_log
    where club_id = ${club.id} and action like 'campaign.%' order by audit_id`;

const version = async ({ sql, club }: OneOff, name: string) => {
  const [row] = await sql<{ source: string; author: string; message: string; rendered: string }[]>`
    select version.source, version.author, version.message, version.rendered
    from campaigns.draft_versions as version
    join campaigns.drafts as draft using (club_id, draft_id)
    where club_id = ${club.id} and draft.client_id = ${await club.idOf(name)}`;
  return row;
};

describe('a draft of a campaign', () => {
  it('is saved incomplete, for two weeks from today, and nothing entered is lost', async () => {
    const oneOff = await start();
    const id = await oneOff.create({ name: ' Spring ', template_name: null, messages: { cs: ' one\ntwo ' } });
    expect(await oneOff.read(id)).toMatchObject({
      name: 'Spring',
      template_name: null,
      messages: { cs: 'one\ntwo' },
      starts_date: '2026-06-15',
      ends_date: '2026-06-28',
      status: 'draft',
      created_by: BY,
    });
  });

  it('keeps what is not named in a change, and takes empty for nothing', async () => {
    const oneOff = await start();
    const id = await oneOff.create({ segment: 'lost', tags: ['yoga'], languages: ['cs'] });
    await oneOff.change(id, { segment: '', tags: [' '], languages: [], messages: { cs: ' ', uk: 'Так.' } });
    expect(await oneOff.read(id)).toMatchObject({
      ...COMPLETE,
      segment: null,
      tags: null,
      languages: null,
      messages: { uk: 'Так.' },
    });
  });

  it('is audited when it is made, and when it is really changed', async () => {
    const oneOff = await start();
    const id = await oneOff.create();
    await oneOff.change(id, { name: 'Spring' });
    await oneOff.change(id, { name: 'Summer', segment: 'lost' });
    expect(await audit(oneOff)).toEqual([
      { actor: BY, action: 'campaign.created', object: `campaign:${id}` },
      { actor: BY, action: 'campaign.changed', object: `campaign:${id}` },
    ]);
    const [last] = await oneOff.sql`
      select detail from core.audit_log where club_id = ${oneOff.club.id} order by audit_id desc limit 1`;
    expect(last!.detail).toEqual({
      name: { before: 'Spring', after: 'Summer' },
      segment: { before: null, after: 'lost' },
    });
  });

  it.each<[Record<string, JSONValue>, string]>([
    [{ name: ' ' }, 'A campaign needs a name of at most 120 characters'],
    [{ segment: 'sleepy' }, 'The segment must be one of the eight'],
    [{ languages: ['de'] }, 'The languages must be among cs, uk, ru, en and bg'],
    [{ last_visit_from_days: -1 }, 'The last visit must be 0 to 3650 days ago or more'],
    [{ last_visit_until_days: 3651 }, 'The last visit must be 0 to 3650 days ago or less'],
    [{ template_name: 'Spring!' }, 'A template’s name'.replace('’', "'")],
    [{ fallback_language: 'de' }, 'The fallback language must be cs, uk, ru, en or bg'],
    [{ messages: { de: 'Hallo.' } }, 'The message must be one line of text for each'],
    [{ messages: ['Hello.'] }, 'The message must be one line of text for each'],
    [{ messages: { cs: 3 } }, 'The message must be one line of text for each'],
    [{ starts_date: 'soon' }, 'The campaign can not be read'],
    [{ last_visit_from_days: 'x' }, 'The campaign can not be read'],
    [{ status: 'running' }, 'A campaign has no field "status" that could be entered.'],
    [{ club_id: 1 }, 'A campaign has no field "club_id" that could be entered.'],
  ])('with %j is refused in words, new or changed: %s', async (fields, sentence) => {
    const oneOff = await start();
    await expect(oneOff.create(fields)).rejects.toMatchObject({ code: '23514' });
    const id = await oneOff.create();
    const before = await oneOff.read(id);
    await expect(oneOff.change(id, fields)).rejects.toThrow(sentence);
    expect(await oneOff.read(id)).toEqual(before);
  });

  it('of another club is not there', async () => {
    const oneOff = await start();
    const id = await (await start()).create();
    for (const act of [
      () => oneOff.change(id, { name: 'Mine' }),
      () => oneOff.launch(id),
      () => oneOff.stop(id),
    ])
      await expect(act()).rejects.toThrow(`The club has no campaign ${id}`);
  });

  it('fits nobody, whatever its days', async () => {
    const oneOff = await start();
    await oneOff.create();
    expect(await oneOff.campaign.candidate('eva')).toBeUndefined();
  });
});

describe('the start of a campaign', () => {
  it('is refused with the whole list of what it lacks, and changes nothing', async () => {
    const oneOff = await start();
    const id = await oneOff.create({ template_name: null, segment: 'vip' });
    const refused = oneOff.launch(id);
    await expect(refused).rejects.toMatchObject({ code: '23514' });
    await expect(refused).rejects.toThrow(/can not start yet\. Nobody fits today: .* Choose a template: /);
    expect(await oneOff.read(id)).toMatchObject({ status: 'draft', started_at: null });
  });

  it('makes it run, once, with its words approved by whoever started it', async () => {
    const oneOff = await start();
    const id = await oneOff.run();
    expect(await oneOff.read(id)).toMatchObject({
      status: 'running',
      started_by: BY,
      spoken_languages: ['cs'],
      approved_texts: { cs: 'Hello from {{club}}. {{message}} See you.\n\nSTOP' },
    });
    await expect(oneOff.launch(id)).rejects.toThrow('is running already: only a draft can be started');
    await expect(oneOff.change(id, { name: 'Other' })).rejects.toThrow('can not be changed any more');
    expect((await audit(oneOff)).map(({ action }) => action)).toEqual([
      'campaign.created',
      'campaign.started',
    ]);
  });
});

describe('a running campaign', () => {
  it('messages its audience in the words of its operator, approved by its start', async () => {
    const oneOff = await start();
    const id = await oneOff.run();
    expect(await oneOff.campaign.candidate('eva')).toMatchObject({ scenario: 'one_off', skip_reason: null });
    await oneOff.campaign.plan();
    expect(await oneOff.campaign.draft('eva')).toMatchObject({
      status: 'approved',
      version: 1,
      decided_by: `campaign:${id}`,
      occasion: `campaign ${id}`,
    });
    expect(await version(oneOff, 'eva')).toEqual({
      source: 'operator',
      author: BY,
      message: 'V pondělí začínáme.',
      rendered: 'Hello from Vltava Fit. V pondělí začínáme. See you.\n\nSTOP',
    });
  });

  it('comes after a scenario that fits the same client, unless that has no template or was sent already', async () => {
    const oneOff = await OneOff.start(await clubs.open());
    const { campaign } = oneOff;
    await campaign.member('eva');
    await oneOff.run();
    // `reactivation` fits her too.
    expect(await campaign.candidate('eva')).toMatchObject({ scenario: 'one_off', skip_reason: null });
    await oneOff.templates([spring('cs'), template()]);
    expect(await campaign.candidate('eva')).toMatchObject({ scenario: 'reactivation', skip_reason: null });
    await campaign.plan();
    await campaign.pass(24 * 60);
    expect(await campaign.candidate('eva', campaign.club.ago(-1))).toMatchObject({ scenario: 'one_off' });
  });

  it('messages nobody twice', async () => {
    const oneOff = await start();
    await oneOff.run();
    expect(await oneOff.campaign.plan()).toMatchObject({ planned: 1 });
    await oneOff.campaign.pass(24 * 60);
    expect(await oneOff.campaign.plan()).toMatchObject({ planned: 0 });
    expect(await oneOff.campaign.skip('eva')).toBe('already_sent');
  });

  it('writes in the language of each, or the fallback', async () => {
    const oneOff = await start();
    await oneOff.campaign.member('olha', [20, 25], { language: 'uk' });
    await oneOff.campaign.member('ivan', [20, 25], { language: 'bg' });
    await oneOff.templates([spring('cs'), spring('uk')]);
    await oneOff.run({ fallback_language: 'uk', messages: { cs: 'Začínáme.', uk: 'Починаємо.' } });
    await oneOff.campaign.plan();
    expect((await version(oneOff, 'eva'))!.message).toBe('Začínáme.');
    expect((await version(oneOff, 'olha'))!.message).toBe('Починаємо.');
    expect((await version(oneOff, 'ivan'))!.message).toBe('Починаємо.');
  });

  it('needs no message where the template has no place for one', async () => {
    const oneOff = await start();
    await oneOff.templates([spring('cs', { body: 'Hello {{first_name}}.', parameters: ['first_name'] })]);
    await oneOff.run({ messages: {} });
    await oneOff.campaign.plan();
    expect(await oneOff.campaign.draft('eva')).toMatchObject({ status: 'approved' });
    expect((await version(oneOff, 'eva'))!.rendered).toBe('Hello Evo.\n\nSTOP');
  });

  it('skips the one whose name is too long for the template, and messages the others', async () => {
    const oneOff = await start();
    const body = `${'x'.repeat(1024 - ' Maxmiliáne'.length + 1)} {{first_name}}`;
    await oneOff.templates([spring('cs', { body, parameters: ['first_name'] })]);
    await oneOff.run({ messages: {} });
    await oneOff.campaign.member('long', [20, 25], { first_name: 'Maxmilián' });
    await oneOff.campaign.plan();
    expect(await oneOff.campaign.skip('long')).toBe('too_long');
    expect(await oneOff.campaign.draft('eva')).toMatchObject({ status: 'approved' });
  });

  it('finishes after its last day, with what is still open', async () => {
    const oneOff = await start();
    const id = await oneOff.run({ ends_date: oneOff.club.today });
    await oneOff.campaign.plan();
    expect(await oneOff.read(id)).toMatchObject({ status: 'running' });
    await oneOff.campaign.pass(24 * 60);
    await oneOff.campaign.plan();
    expect(await oneOff.read(id)).toMatchObject({ status: 'finished', stopped_reason: null });
    expect(await oneOff.campaign.draft('eva')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'campaign_over',
    });
  });
});
