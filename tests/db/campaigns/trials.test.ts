import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { ask, claim, clientsOf, drafts, openTrials, read, store } from '../trial.ts';

const clubs = useClubs();

const start = async () => openTrials(await clubs.open());

describe('a trial', () => {
  it('keeps each message as the member would read it, and is done with the last', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan']) await campaign.member(name);
    const trial = await ask(campaign);
    const [first, second] = await claim(campaign);
    expect(await store(campaign, first!, 'Chybíte nám.')).toBe('writing');
    expect(await store(campaign, second!, 'Zastavte se.')).toBe('done');
    const rows = await drafts(campaign, trial);
    expect(rows.map(({ rendered }) => rendered as string)).toEqual([
      'Dobrý den z Vltava Fit! Chybíte nám. Těšíme se na vás.\n\nSTOP',
      'Dobrý den z Vltava Fit! Zastavte se. Těšíme se na vás.\n\nSTOP',
    ]);
    expect(await claim(campaign)).toEqual([]);
  });

  it('of an answer of its own carries the signature that was typed', async () => {
    const campaign = await start();
    await campaign.member('eva');
    const trial = await ask(campaign, { voice: { signature: 'Petr and Eva' }, form: 'free_text' });
    const [task] = await claim(campaign);
    expect(task).toMatchObject({ form: 'free_text', frame: expect.stringContaining('Petr and Eva') });
    await store(campaign, task!);
    const [draft] = await drafts(campaign, trial);
    expect(draft!.rendered).toMatch(/^Chybíte nám\.\n\nPetr and Eva\n/);
  });

  it('plans no draft, writes no contact and changes no voice', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await ask(campaign, { voice: { tone: 'Short.' } });
    const [task] = await claim(campaign, 'claude-x');
    await store(campaign, task!);
    const { id } = campaign.club;
    const [counted] = await campaign.sql`
      select
        (select count(*)::int from campaigns.drafts where club_id = ${id}) as drafts,
        (select count(*)::int from campaigns.contacts where club_id = ${id}) as contacts,
        (select count(*)::int from campaigns.skips where club_id = ${id}) as skips,
        (select count(*)::int from outbox.messages where club_id = ${id}) as messages,
        (select count(*)::int from campaigns.voices where club_id = ${id}) as voices`;
    expect(counted).toEqual({ drafts: 0, contacts: 0, skips: 0, messages: 0, voices: 0 });
  });

  it('counts in the drafting budget, message by message', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan']) await campaign.member(name);
    await ask(campaign);
    const [first, second] = await claim(campaign, 'claude-x');
    await store(campaign, first!);
    const charges = await campaign.sql`
      select lease_token, draft_id, model, estimate_micro_usd::int, cost_micro_usd::int
      from campaigns.drafting_charges where club_id = ${campaign.club.id}`;
    const charge = { draft_id: null, model: 'claude-x', estimate_micro_usd: 1000 };
    expect(charges).toHaveLength(2);
    expect(charges).toEqual(
      expect.arrayContaining([
        { ...charge, lease_token: first!.lease_token, cost_micro_usd: 7 },
        { ...charge, lease_token: second!.lease_token, cost_micro_usd: null },
      ]),
    );
  });

  it('has Claude left out where the budget of the day is used up', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.club.set({ drafting_daily_drafts: 0 });
    await ask(campaign);
    const [task] = await claim(campaign, 'claude-x');
    expect(task!.static_reason).toBe('budget_drafts');
  });

  it('is asked for five times a minute at most, and each club has its own five', async () => {
    const campaign = await start();
    const other = await start();
    for (let number = 0; number < 5; number += 1) await ask(campaign);
    await expect(ask(campaign)).rejects.toMatchObject({
      code: '55000',
      message: expect.stringContaining('Five tries a minute are the most'),
    });
    await ask(other);
    await campaign.pass(1);
    await ask(campaign);
  });

  it('is refused for a voice, scenario, language or form that can not be', async () => {
    const campaign = await start();
    await expect(ask(campaign, { voice: { tone: '' } })).rejects.toThrow('The tone is empty');
    await expect(ask(campaign, { scenario: 'one_off' })).rejects.toThrow(
      'Scenario "one_off" can not be tried',
    );
    await expect(ask(campaign, { language: 'de' })).rejects.toThrow(
      'The language must be cs, uk, ru, en or bg',
    );
    await expect(ask(campaign, { form: 'letter' })).rejects.toThrow('The form must be template');
  });

  it('is forgotten after 30 days, with the names in it', async () => {
    const campaign = await start();
    await campaign.member('eva');
    const trial = await ask(campaign);
    await claim(campaign);
    await campaign.pass(30 * 24 * 60);
    await campaign.sql`select campaigns.forget_trials(${campaign.now})`;
    expect(await drafts(campaign, trial)).toHaveLength(1);
    await campaign.pass(1);
    await campaign.sql`select campaigns.forget_trials(${campaign.now})`;
    expect(await read(campaign, trial)).toBeUndefined();
    expect(await drafts(campaign, trial)).toEqual([]);
  });
});

describe('a writer of trials that died', () => {
  it('is followed by another, who writes what is missing and no more', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan']) await campaign.member(name);
    const trial = await ask(campaign);
    const [first, second] = await claim(campaign);
    await store(campaign, first!);
    expect(await claim(campaign)).toEqual([]);

    await campaign.pass(2);
    const [again, ...rest] = await claim(campaign);
    expect(rest).toEqual([]);
    expect(again!.place).toBe(second!.place);
    expect(await store(campaign, second!, 'Pozdě.')).toBe('writing');
    expect(await store(campaign, again!, 'Zastavte se.')).toBe('done');
    expect((await drafts(campaign, trial)).map(({ message }) => message as string)).toEqual([
      'Chybíte nám.',
      'Zastavte se.',
    ]);
  });

  it('three times ends the trial, with a sentence for who asked', async () => {
    const campaign = await start();
    await campaign.member('eva');
    const trial = await ask(campaign);
    for (let number = 0; number < 3; number += 1) {
      expect(await claim(campaign)).toHaveLength(1);
      await campaign.pass(2);
    }
    expect(await claim(campaign)).toEqual([]);
    expect(await read(campaign, trial)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('begun three times'),
    });
  });

  it('never has two at once', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await ask(campaign);
    const both = await Promise.all([claim(campaign), claim(campaign)]);
    expect(both.flat()).toHaveLength(1);
  });

  it('leaves nothing behind that waits for a client who was erased', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan']) await campaign.member(name);
    const trial = await ask(campaign);
    const [first] = await claim(campaign);
    await store(campaign, first!);
    const { id } = campaign.club;
    const erased = await campaign.club.idOf((await clientsOf(campaign, trial))[1]!);
    await campaign.sql`delete from crm.bookings where club_id = ${id} and client_id = ${erased}`;
    await campaign.sql`delete from crm.clients where club_id = ${id} and client_id = ${erased}`;
    await campaign.pass(2);
    expect(await claim(campaign)).toEqual([]);
    expect((await read(campaign, trial)).state).toBe('done');
  });
});
