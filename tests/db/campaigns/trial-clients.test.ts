import { describe, expect, it } from 'vitest';
import { template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { ask, claim, clientsOf, drafts, openTrials, read } from '../trial.ts';

const clubs = useClubs();

const start = async () => openTrials(await clubs.open());

describe('a trial is written for', () => {
  it('three clients whom the scenario fits, with the facts of a draft and the voice that was typed', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan', 'petr', 'ota'])
      await campaign.member(name, [94, 100], { first_name: name });
    const trial = await ask(campaign, {
      voice: { tone: 'Short.', forbidden_words: ['cheap'], allowed_offers: ['a free first training'] },
    });
    const tasks = await claim(campaign);

    expect(await clientsOf(campaign, trial)).toEqual(['eva', 'jan', 'petr']);
    expect(tasks).toHaveLength(3);
    const [candidate] = await campaign.sql`
      select variables from campaigns.candidates(${campaign.club.id}, ${campaign.club.today}) where external_id = 'eva'`;
    const [first] = await drafts(campaign, trial);
    expect(first).toMatchObject({ fits: true, variables: candidate!.variables, message: null });
    expect(tasks[0]).toMatchObject({
      scenario: 'reactivation',
      language: 'cs',
      form: 'template',
      facts: expect.arrayContaining([
        { id: 'days_since_last_visit', value: 94 },
        { id: 'usual_service', value: 'Group class' },
        { id: 'offer_1', value: 'a free first training' },
      ]),
      voice: { version: 0, tone: 'Short.', forbidden_words: ['cheap'] },
      frame: expect.stringContaining('{{message}}'),
      static_reason: null,
    });
    expect(JSON.stringify(tasks[0]!.facts)).not.toContain('eva');
  });

  it('the same clients when another voice is tried, so that the two can be compared', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan', 'petr', 'ota']) await campaign.member(name);
    const one = await ask(campaign);
    const two = await ask(campaign, { voice: { tone: 'Short.' } });
    await claim(campaign);
    expect(await clientsOf(campaign, two)).toEqual(await clientsOf(campaign, one));
  });

  it('one of each language before two of one', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan', 'petr']) await campaign.member(name);
    await campaign.member('olha', [94, 100], { language: 'uk' });
    await campaign.member('ann', [94, 100], { language: 'en' });
    const trial = await ask(campaign);
    await claim(campaign);
    const rows = await drafts(campaign, trial);
    expect(rows.map(({ language }) => language as string).toSorted()).toEqual(['cs', 'en', 'uk']);
  });

  it('those who speak the language asked for first, and in that language for all', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan', 'petr']) await campaign.member(name);
    await campaign.member('olha', [94, 100], { language: 'uk' });
    const trial = await ask(campaign, { language: 'uk' });
    const tasks = await claim(campaign);
    expect((await clientsOf(campaign, trial))[0]).toBe('olha');
    expect(tasks.map(({ language }) => language)).toEqual(['uk', 'uk', 'uk']);
  });

  it('who came last, where too few fit, and says so', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.club.came('jan', [3, 5]);
    await campaign.club.came('petr', [2]);
    await campaign.club.came('ota', [9]);
    await campaign.club.refresh();
    const trial = await ask(campaign);
    await claim(campaign);
    expect(await drafts(campaign, trial)).toMatchObject([
      { client: 'eva', fits: true },
      { client: 'petr', fits: false, variables: { days_since_last_visit: 2, visits_total: 1 } },
      { client: 'jan', fits: false, variables: { days_since_last_visit: 3, visits_total: 2 } },
    ]);
  });

  it('nobody who wants no messages', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan']) await campaign.member(name);
    await campaign.suppress('eva');
    const trial = await ask(campaign);
    await claim(campaign);
    expect(await clientsOf(campaign, trial)).toEqual(['jan']);
  });

  it('nobody where no one has visited, and nothing where there is no template', async () => {
    const campaign = await start();
    const unknown = await ask(campaign);
    await claim(campaign);
    expect(await read(campaign, unknown)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('There is nobody to try it on'),
    });
    await campaign.member('eva');
    const untold = await ask(campaign, { language: 'bg' });
    await claim(campaign);
    expect(await read(campaign, untold)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('There is no template for it'),
    });
  });

  it('whom a template suits that Meta still reviews: it is only looked at', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.templates([template({ status: 'PENDING' })]);
    const trial = await ask(campaign);
    expect(await claim(campaign)).toHaveLength(1);
    expect((await read(campaign, trial)).state).toBe('writing');
  });
});
