import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { OneOff, spring } from '../one-off.ts';

const clubs = useClubs();

/** Two who speak Czech, with a first name, in a club with the template in Czech. */
async function start(): Promise<OneOff> {
  const oneOff = await OneOff.start(await clubs.open());
  await oneOff.campaign.member('eva', [20, 25], { first_name: 'Eva' });
  await oneOff.campaign.member('jan', [20, 25], { first_name: 'Jan' });
  return oneOff;
}

const codes = async (oneOff: OneOff, id: number) =>
  (await oneOff.lacking(id)).map(({ code, language }) => (language ? `${code} ${language}` : code));

describe('a campaign lacks', () => {
  it('nothing when it is complete', async () => {
    const oneOff = await start();
    expect(await oneOff.lacking(await oneOff.create())).toEqual([]);
  });

  it('nothing that could be said of one that is not there', async () => {
    expect(await (await start()).lacking(0)).toEqual([]);
  });

  it.each<[Record<string, JSONValue>, string, string]>([
    [{ segment: 'vip' }, 'no_audience', 'Nobody fits today: widen the segment'],
    [{ last_visit_from_days: 90, last_visit_until_days: 80 }, 'last_visit_out_of_order', 'out of order'],
    [{ starts_date: '2026-06-20', ends_date: '2026-06-19' }, 'dates_out_of_order', 'ends before it starts'],
    [{ starts_date: '2026-06-01', ends_date: '2026-06-14' }, 'dates_over', 'is over'],
    [{ template_name: null }, 'no_template', 'Choose a template'],
    [{ template_name: 'winter_v1' }, 'template_unknown', 'no template “winter_v1” at Meta'],
    [{ messages: {} }, 'message_missing cs', 'The message in Czech is missing'],
    [{ messages: { cs: 'Two\nlines' } }, 'message_not_one_line cs', 'must be one line'],
    [{ messages: { cs: 'A    run' } }, 'message_not_one_line cs', 'runs of spaces'],
    [{ messages: { cs: 'A\ttab' } }, 'message_not_one_line cs', 'without tabs'],
  ])('with %j: %s', async (fields, code, words) => {
    const oneOff = await start();
    const id = await oneOff.create(fields);
    expect(await codes(oneOff, id)).toContain(code);
    const lacking = (await oneOff.lacking(id)).find((row) => code.startsWith(row.code))!;
    expect(lacking.sentence).toContain(words);
    expect(lacking.prevents_start).toBe(true);
  });

  it('nothing on its last day, and days on the next', async () => {
    const oneOff = await start();
    const id = await oneOff.create({ starts_date: '2026-06-01', ends_date: oneOff.club.today });
    expect(await oneOff.lacking(id)).toEqual([]);
    expect(await oneOff.lacking(id, oneOff.club.ago(-1))).toMatchObject([{ code: 'dates_over' }]);
  });

  it('characters when the rendered body does not fit, and says how many', async () => {
    const oneOff = await start();
    const around = 'Hello from Vltava Fit.  See you.'.length;
    const fits = await oneOff.create({ messages: { cs: 'x'.repeat(1024 - around) } });
    expect(await oneOff.lacking(fits)).toEqual([]);
    const longer = await oneOff.create({ messages: { cs: 'x'.repeat(1024 - around + 3) } });
    expect(await oneOff.lacking(longer)).toEqual([
      {
        code: 'too_long',
        language: 'cs',
        sentence:
          'With the message in Czech the template has 1027 characters, and WhatsApp takes 1024: shorten the message by 3.',
        prevents_start: true,
      },
    ]);
  });

  it('characters when it does not fit the longest first name of its audience', async () => {
    const oneOff = await start();
    const body = `${'x'.repeat(1024 - ' Maxmiliáne'.length + 1)} {{first_name}}`;
    await oneOff.templates([spring('cs', { body, parameters: ['first_name'] })]);
    const id = await oneOff.create({ messages: {} });
    expect(await oneOff.lacking(id)).toEqual([]);
    await oneOff.campaign.member('long', [20, 25], { first_name: 'Maxmilián' });
    expect(await codes(oneOff, id)).toEqual(['too_long cs']);
  });
});

describe('every language of the audience', () => {
  async function startInTwo(): Promise<OneOff> {
    const oneOff = await start();
    await oneOff.campaign.member('olha', [20, 25], { language: 'uk', first_name: 'Olha' });
    return oneOff;
  }

  it('must have a variant', async () => {
    const oneOff = await startInTwo();
    expect(await oneOff.lacking(await oneOff.create())).toEqual([
      {
        code: 'language_missing',
        language: 'uk',
        sentence:
          '1 of the audience speaks Ukrainian, in which the template can not be sent: there is no such variant. Have it approved, choose another fallback, or leave the language out.',
        prevents_start: true,
      },
    ]);
  });

  it.each<[Record<string, JSONValue>, string]>([
    [{ status: 'PENDING' }, 'Meta has not approved it yet'],
    [{ status: 'REJECTED' }, 'Meta rejected it'],
    [{ status: 'PAUSED' }, 'Meta paused it'],
    [{ correct_category: 'UTILITY' }, 'Meta says that it belongs in UTILITY'],
    [{ quality: 'RED' }, 'Its quality dropped to RED'],
  ])('must have one that is usable, not %j', async (fields, words) => {
    const oneOff = await startInTwo();
    await oneOff.templates([spring('cs'), spring('uk', fields)]);
    const lacking = await oneOff.lacking(await oneOff.create());
    expect(lacking).toMatchObject([{ code: 'language_missing', language: 'uk', prevents_start: true }]);
    expect(lacking[0]!.sentence).toContain(words);
  });

  it('is served by its own variant, with a line of its own', async () => {
    const oneOff = await startInTwo();
    await oneOff.templates([spring('cs'), spring('uk')]);
    const id = await oneOff.create({ fallback_language: 'cs' });
    expect(await codes(oneOff, id)).toEqual(['message_missing uk']);
    await oneOff.change(id, { messages: { cs: 'Začínáme.', uk: 'Починаємо.' } });
    expect(await oneOff.lacking(id)).toEqual([]);
  });

  it('is served by the fallback that was chosen', async () => {
    const oneOff = await startInTwo();
    await oneOff.templates([spring('cs'), spring('en'), spring('uk', { status: 'PAUSED' })]);
    expect(await codes(oneOff, await oneOff.create({ fallback_language: 'bg' }))).toEqual([
      'language_missing uk',
    ]);
    expect(await codes(oneOff, await oneOff.create({ fallback_language: 'en' }))).toEqual([
      'message_missing en',
    ]);
    expect(await codes(oneOff, await oneOff.create({ fallback_language: 'cs' }))).toEqual([]);
  });

  it('need not be one that was left out', async () => {
    const oneOff = await startInTwo();
    expect(await oneOff.lacking(await oneOff.create({ languages: ['cs'] }))).toEqual([]);
  });

  it('has a variant of a region as its own', async () => {
    const oneOff = await startInTwo();
    await oneOff.templates([spring('cs_CZ')]);
    expect(await oneOff.lacking(await oneOff.create({ fallback_language: 'cs' }))).toEqual([]);
  });
});

describe('every variable of the template', () => {
  it.each(['price', 'milestone'])('must be one that a campaign can fill, not {{%s}}', async (parameter) => {
    const oneOff = await start();
    await oneOff.templates([spring('cs', { parameters: ['message', 'club', parameter] })]);
    expect(await oneOff.lacking(await oneOff.create())).toEqual([
      {
        code: 'parameter_unknown',
        language: 'cs',
        sentence: `The template in Czech asks for {{${parameter}}}, which a campaign can not fill: choose another template.`,
        prevents_start: true,
      },
    ]);
  });

  it('may be a first name; who has none is skipped, and counted', async () => {
    const oneOff = await start();
    await oneOff.templates([spring('cs', { parameters: ['message', 'club', 'first_name'] })]);
    await oneOff.campaign.member('nameless', [20, 25], { first_name: null });
    const id = await oneOff.create();
    expect(await oneOff.lacking(id)).toEqual([
      {
        code: 'facts_missing',
        language: 'cs',
        sentence:
          '1 of the audience who speaks Czech has no first name that can be used in Czech, which the template mentions: they are skipped.',
        prevents_start: false,
      },
    ]);
    await oneOff.launch(id);
    await oneOff.campaign.plan();
    expect(await oneOff.campaign.skip('nameless')).toBe('no_template');
    expect(await oneOff.campaign.draft('eva')).toMatchObject({ status: 'approved' });
  });

  it('may be a first name; who has none gets the fallback, if that asks for less', async () => {
    const oneOff = await start();
    await oneOff.templates([spring('cs', { parameters: ['message', 'club', 'first_name'] }), spring('en')]);
    await oneOff.campaign.member('nameless', [20, 25], { first_name: null });
    const fields = { fallback_language: 'en', messages: { cs: 'Začínáme.', en: 'We start.' } };
    const lacking = await oneOff.lacking(await oneOff.create(fields));
    expect(lacking).toMatchObject([{ code: 'facts_missing', prevents_start: false }]);
    expect(lacking[0]!.sentence).toContain('they get it in English.');
  });

  it('may be the days since the last visit, which who never came has not', async () => {
    const oneOff = await start();
    await oneOff.templates([spring('cs', { parameters: ['message', 'days_since_last_visit'] })]);
    await oneOff.campaign.member('new', []);
    const lacking = await oneOff.lacking(await oneOff.create());
    expect(lacking.map(({ sentence }) => sentence)).toEqual([
      '1 of the audience who speaks Czech never visited, which the template mentions: they are skipped.',
    ]);
  });

  it('must be known of somebody', async () => {
    const oneOff = await start();
    await oneOff.templates([spring('cs', { parameters: ['message', 'first_name'] })]);
    for (const name of ['eva', 'jan']) await oneOff.club.client(name, { first_name: null });
    expect(await codes(oneOff, await oneOff.create())).toEqual(['facts_missing cs', 'nobody_reached']);
  });
});
