import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign, template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { OneOff, spring } from '../one-off.ts';
import { BacktestClub } from './backtest-club.ts';

const clubs = useClubs();

type Fields = Record<string, JSONValue>;

const plain = (fields: Fields = {}) => template({ body: 'Dobrý den z {{club}}! {{message}}', ...fields });
const named = (fields: Fields = {}) =>
  template({
    name: 'reactivation_v2',
    body: 'Dobrý den, {{first_name}}! {{message}}',
    parameters: ['first_name', 'message'],
    ...fields,
  });

/** A club with these templates and these members: language and first name by who they are. */
async function start(
  templates: Fields[],
  members: Record<string, [language: string, firstName: string | null]>,
) {
  const campaign = await Campaign.start(await clubs.open(), undefined, []);
  await campaign.templates(templates);
  for (const [who, [language, firstName]] of Object.entries(members)) {
    await campaign.member(who, [94, 100], { language, first_name: firstName });
  }
  return campaign;
}

/** What each member is planned to get: the template, or why there is none. */
async function planned(campaign: Campaign): Promise<Record<string, string>> {
  await campaign.plan();
  const rows = await clubs.sql<{ who: string; what: string }[]>`
    select client.external_id as who, draft.template_name || '/' || draft.template_language as what
    from campaigns.drafts as draft
    join crm.clients as client using (club_id, client_id)
    where draft.club_id = ${campaign.club.id}
    union all
    select client.external_id, skip.reason
    from campaigns.skips as skip
    join crm.clients as client using (club_id, client_id)
    where skip.club_id = ${campaign.club.id}`;
  return Object.fromEntries(rows.map(({ who, what }) => [who, what]));
}

const bodyOf = async (campaign: Campaign, who: string) => {
  const [row] = await clubs.sql<{ rendered: string }[]>`
    select wording.rendered
    from campaigns.draft_versions as wording
    where wording.club_id = ${campaign.club.id} and wording.draft_id = ${(await campaign.draft(who))!.id}`;
  return row!.rendered;
};

describe('a template with the first name', () => {
  it('greets by the address form, and leaves those whose name has none to the one without it', async () => {
    const campaign = await start([plain(), named()], {
      petr: ['cs', 'PETR'],
      foreign: ['cs', 'Xenofont'],
      cyrillic: ['cs', 'Олена'],
      nameless: ['cs', null],
    });
    expect(await planned(campaign)).toEqual({
      petr: 'reactivation_v2/cs',
      foreign: 'reactivation_v1/cs',
      cyrillic: 'reactivation_v1/cs',
      nameless: 'reactivation_v1/cs',
    });
    await campaign.write('Držíme vám místo.');
    expect(await bodyOf(campaign, 'petr')).toMatch('Dobrý den, Petře! Držíme vám místo.');
    expect(await bodyOf(campaign, 'foreign')).toMatch(/^Dobrý den z .+! Držíme vám místo\./);
  });

  it('alone is no template for those whose name has no address form', async () => {
    const campaign = await start([named()], { petr: ['cs', 'Petr'], foreign: ['cs', 'Xenofont'] });
    expect(await planned(campaign)).toEqual({ petr: 'reactivation_v2/cs', foreign: 'no_template' });
  });

  it('speaks to everybody in the language of the template, not of the name', async () => {
    const campaign = await start(
      [named(), named({ language: 'uk' }), named({ language: 'ru' }), plain({ language: 'bg' })],
      {
        olena: ['uk', 'Олена'],
        olena_in_latin: ['uk', 'Olena'],
        sergei: ['uk', 'Сергей'],
        sergei_in_russian: ['ru', 'Сергей'],
        bulgarian: ['bg', 'Абракадабра'],
      },
    );
    expect(await planned(campaign)).toEqual({
      olena: 'reactivation_v2/uk',
      olena_in_latin: 'reactivation_v2/cs',
      sergei: 'no_template',
      sergei_in_russian: 'reactivation_v2/ru',
      bulgarian: 'reactivation_v1/bg',
    });
    await campaign.write('Hello.');
    expect(await bodyOf(campaign, 'olena')).toMatch('Олено');
    expect(await bodyOf(campaign, 'olena_in_latin')).toMatch('Oleno');
    expect(await bodyOf(campaign, 'sergei_in_russian')).toMatch('Сергей');
  });

  it('of a region is filled as its language', async () => {
    const campaign = await start([named({ language: 'en_US' })], { john: ['en', 'JOHN'] });
    expect(await planned(campaign)).toEqual({ john: 'reactivation_v2/en_US' });
  });

  it('that is stopped takes nobody’s name into account', async () => {
    const campaign = await start([plain(), named({ status: 'PAUSED' })], {
      petr: ['cs', 'Petr'],
      foreign: ['cs', 'Xenofont'],
    });
    expect(await planned(campaign)).toEqual({ petr: 'reactivation_v1/cs', foreign: 'reactivation_v1/cs' });
  });

  it('leaves the first name among the facts of a candidate as the platform has it', async () => {
    const campaign = await start([named()], { petr: ['cs', 'PETR'], foreign: ['cs', 'Xenofont'] });
    expect((await campaign.candidate('petr'))!.variables).toMatchObject({ first_name: 'PETR' });
    expect(await campaign.candidate('foreign')).toMatchObject({
      skip_reason: 'no_template',
      variables: { first_name: 'Xenofont' },
    });
  });

  it('counts in a backtest as in planning', async () => {
    const past = await BacktestClub.start(await clubs.open(), []);
    await past.campaign.templates([named()]);
    await past.campaign.member('petr', [600, 62], { first_name: 'Petr' });
    await past.campaign.member('foreign', [600, 62], { first_name: 'Xenofont' });
    const id = await past.replay('reactivation', past.club.ago(3));
    expect(await past.outcomes(id)).toMatchObject([
      { client: 'foreign', outcome: 'no_template' },
      { client: 'petr', outcome: 'messaged' },
    ]);
  });
});

describe('a campaign whose template has the first name', () => {
  async function campaignOf(firstNames: (string | null)[], variants: Fields[], fields: Fields = {}) {
    const oneOff = await OneOff.start(await clubs.open());
    await oneOff.templates(variants);
    for (const [place, firstName] of firstNames.entries()) {
      await oneOff.campaign.member(`member${place}`, [20, 25], { first_name: firstName });
    }
    return { oneOff, id: await oneOff.create(fields) };
  }

  const NAMED = spring('cs', { parameters: ['message', 'club', 'first_name'] });

  it('counts those without a name and those whose name has no address form together', async () => {
    const { oneOff, id } = await campaignOf(['Eva', 'Xenofont', 'Олена', null], [NAMED]);
    expect((await oneOff.lacking(id)).map(({ sentence }) => sentence)).toEqual([
      '3 of the audience who speak Czech have no first name that can be used in Czech, which the template mentions: they are skipped.',
    ]);
    await oneOff.launch(id);
    await oneOff.campaign.plan();
    expect(await oneOff.campaign.draft('member0')).toMatchObject({ status: 'approved' });
    for (const who of ['member1', 'member2', 'member3']) {
      expect(await oneOff.campaign.skip(who)).toBe('no_template');
    }
  });

  it('tells apart who gets the fallback by name from who is skipped', async () => {
    const { oneOff, id } = await campaignOf(
      ['Eva', 'Олена', 'Xenofont', null],
      [NAMED, spring('uk', { parameters: ['message', 'club', 'first_name'] })],
      { fallback_language: 'uk', messages: { cs: 'Začínáme.', uk: 'Починаємо.' } },
    );
    expect((await oneOff.lacking(id)).map(({ sentence }) => sentence)).toEqual([
      '1 of the audience who speaks Czech has no first name that can be used in Czech, which the template mentions: they get it in Ukrainian.',
      '2 of the audience who speak Czech have no first name that can be used in Czech, which the template mentions: they are skipped.',
    ]);
  });

  it('can not start when nobody in it can be addressed', async () => {
    const { oneOff, id } = await campaignOf(['Xenofont', 'Олена'], [NAMED]);
    const codes = (await oneOff.lacking(id)).map(({ code }) => code);
    expect(codes).toEqual(['facts_missing', 'nobody_reached']);
  });

  it('measures its length with the longest address form, not with the longest name', async () => {
    const body = `${'x'.repeat(1024 - ' Jakube'.length)} {{first_name}}`;
    const variants = [spring('cs', { body, parameters: ['first_name'] })];
    const fits = await campaignOf(['Jakub', 'Xenofontius'], variants, { messages: {} });
    expect((await fits.oneOff.lacking(fits.id)).map(({ code }) => code)).toEqual(['facts_missing']);
    const tooLong = await campaignOf(['Jakub', 'Viktorie', 'Vincent'], variants, { messages: {} });
    expect((await tooLong.oneOff.lacking(tooLong.id)).map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('shorten the message by 2'),
    ]);
  });
});
