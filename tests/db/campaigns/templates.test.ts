import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { STARTER_TEMPLATES } from '../../../shared/starter-templates/starter-templates.ts';
import { Campaign, template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const start = async () => Campaign.start(await clubs.open());

type Fields = Record<string, JSONValue>;

/** Meta's list an hour later, with these templates in it. */
async function listed(campaign: Campaign, ...templates: Fields[]): Promise<void> {
  await campaign.pass(60);
  await campaign.templates(templates.map((fields) => template(fields)));
}

async function stateOf(campaign: Campaign, name = 'reactivation_v1', language = 'cs') {
  const [row] = await clubs.sql<
    { is_usable: boolean; stopped_for: string[]; stopped_reason: string | null; stopped_at: Date | null }[]
  >`
    select campaigns.is_usable(template) as is_usable, stopped_for, stopped_reason, stopped_at
    from campaigns.templates as template
    where club_id = ${campaign.club.id} and name = ${name} and language = ${language}`;
  return row!;
}

const resume = (campaign: Campaign, name = 'reactivation_v1', language = 'cs') =>
  clubs.sql`
    select campaigns.resume_template(${campaign.club.id}, ${name}, ${language}, 'operator:eva', ${campaign.now})`;

const audited = (campaign: Campaign) =>
  clubs.sql`
    select actor, action, object from core.audit_log
    where club_id = ${campaign.club.id} and action like 'template.%' order by audit_id`;

describe('the starter set', () => {
  it('shows reviewers the static message of each scenario and language', async () => {
    const rows = await clubs.sql<{ key: string; message: string }[]>`
      select scenario || '_v1/' || language as key, message from campaigns.static_messages`;
    const examples = STARTER_TEMPLATES.map(({ name, language, exampleMessage }) => [
      `${name}/${language}`,
      exampleMessage,
    ]);
    expect(Object.fromEntries(examples)).toEqual(
      Object.fromEntries(rows.map(({ key, message }) => [key, message])),
    );
  });
});

describe('a template', () => {
  it('that Meta shows as before stays usable', async () => {
    const campaign = await start();
    await listed(campaign, { quality: 'GREEN' }, { name: 'reactivation_v2', status: 'PENDING' });
    expect(await stateOf(campaign)).toEqual({
      is_usable: true,
      stopped_for: [],
      stopped_reason: null,
      stopped_at: null,
    });
  });

  it('under its first review is neither usable nor stopped', async () => {
    const campaign = await start();
    await listed(campaign, {}, { name: 'reactivation_v2', status: 'PENDING' });
    expect(await stateOf(campaign, 'reactivation_v2')).toMatchObject({ is_usable: false, stopped_for: [] });
  });

  it.each([
    ['paused', { status: 'PAUSED' }, 'Meta paused it'],
    ['rejected', { status: 'REJECTED', rejected_reason: 'PROMOTIONAL' }, 'Meta rejected it (PROMOTIONAL)'],
    ['disabled', { status: 'DISABLED' }, 'Meta disabled it for good'],
    ['in a state nobody knew', { status: 'FROZEN' }, 'Meta shows it as FROZEN'],
    ['in another category', { category: 'UTILITY' }, 'Meta moved it from MARKETING to UTILITY'],
    [
      'about to be in another category',
      { correct_category: 'UTILITY' },
      'Meta says that it belongs in UTILITY, not in MARKETING',
    ],
    ['rated RED', { quality: 'RED' }, 'Its quality dropped to RED'],
  ])('that is %s at the next mirroring stops, and says why and since when', async (_, fields, words) => {
    const campaign = await start();
    await listed(campaign, fields);
    const first = campaign.now;
    await listed(campaign, fields);
    const state = await stateOf(campaign);
    expect(state).toMatchObject({ is_usable: false, stopped_at: first });
    expect(state.stopped_reason).toContain(words);
    expect(await audited(campaign)).toEqual([
      { actor: 'system:whatsapp', action: 'template.stopped', object: 'template:reactivation_v1/cs' },
    ]);
  });

  it('missing in Meta’s list is stopped as deleted, and goes on when it is there again', async () => {
    const campaign = await start();
    await listed(campaign, { name: 'reactivation_v2' });
    expect(await stateOf(campaign)).toMatchObject({ is_usable: false, stopped_for: ['status'] });
    await listed(campaign, {}, { name: 'reactivation_v2' });
    expect(await stateOf(campaign)).toMatchObject({ is_usable: true });
  });

  it.each([
    ['paused', { status: 'PAUSED' }, {}, true],
    ['rated RED', { quality: 'RED' }, { quality: 'YELLOW' }, true],
    ['rated RED, and then not at all,', { quality: 'RED' }, { quality: 'UNKNOWN' }, false],
    ['moved', { category: 'UTILITY' }, { category: 'UTILITY' }, false],
    ['moved, and moved back,', { category: 'UTILITY' }, {}, true],
    ['announced to be moved', { correct_category: 'UTILITY' }, {}, false],
    [
      'announced to be moved, and left,',
      { correct_category: 'UTILITY' },
      { correct_category: 'MARKETING' },
      true,
    ],
  ])(
    'that was %s goes on by itself only when Meta’s state is good again',
    async (_, bad, after, isUsable) => {
      const campaign = await start();
      await listed(campaign, bad);
      await listed(campaign, after);
      expect(await stateOf(campaign)).toMatchObject({ is_usable: isUsable });
    },
  );

  it('stopped for two reasons says both, and goes on when neither holds', async () => {
    const campaign = await start();
    await listed(campaign, { quality: 'RED', category: 'UTILITY', status: 'PAUSED' });
    const { stopped_reason: reason, stopped_for: causes } = await stateOf(campaign);
    expect(causes).toEqual(['status', 'category', 'quality']);
    for (const words of ['paused', 'moved', 'RED']) expect(reason).toContain(words);
    await listed(campaign, { quality: 'GREEN', category: 'UTILITY' });
    expect(await stateOf(campaign)).toMatchObject({ is_usable: false, stopped_for: ['category'] });
    await resume(campaign);
    expect(await stateOf(campaign)).toMatchObject({ is_usable: true });
  });

  it('keeps what it was before Meta moved it', async () => {
    const campaign = await start();
    await listed(campaign, { category: 'UTILITY' });
    await listed(campaign, { category: 'UTILITY' });
    expect(
      await clubs.sql`
        select category, previous_category from campaigns.templates where club_id = ${campaign.club.id}`,
    ).toEqual([{ category: 'UTILITY', previous_category: 'MARKETING' }]);
  });
});

describe('taking a template up again', () => {
  it.each([
    ['category', { category: 'UTILITY' }],
    ['announced category', { correct_category: 'UTILITY' }],
    ['quality', { quality: 'RED' }],
  ])('accepts its %s, stays so while nothing changes, and is audited', async (_, fields) => {
    const campaign = await start();
    await listed(campaign, fields);
    await resume(campaign);
    expect(await stateOf(campaign)).toMatchObject({ is_usable: true, stopped_at: null });
    await listed(campaign, fields);
    expect(await stateOf(campaign)).toMatchObject({ is_usable: true });
    await resume(campaign);
    expect(await audited(campaign)).toMatchObject([
      { action: 'template.stopped' },
      { action: 'template.resumed', actor: 'operator:eva' },
    ]);
  });

  it('does not help against a second drop or another move', async () => {
    const campaign = await start();
    await listed(campaign, { quality: 'RED', category: 'UTILITY' });
    await resume(campaign);
    await listed(campaign, { quality: 'GREEN', category: 'UTILITY' });
    expect(await stateOf(campaign)).toMatchObject({ is_usable: true });
    await listed(campaign, { quality: 'RED', category: 'AUTHENTICATION' });
    expect(await stateOf(campaign)).toMatchObject({ stopped_for: ['category', 'quality'] });
  });

  it('is refused while Meta’s own state stops it, and for a template nobody has', async () => {
    const campaign = await start();
    await listed(campaign, { status: 'PAUSED' });
    await expect(resume(campaign)).rejects.toThrow('Meta paused it');
    await expect(resume(campaign, 'reactivation_v9')).rejects.toThrow('no template reactivation_v9 in cs');
  });
});

describe('what a template asks for', () => {
  it.each([
    [['message', 'club'], null, true],
    [['message', 'club'], {}, true],
    [[], {}, true],
    [['message', 'first_name', 'visits_total', 'days_since_last_visit', 'milestone'], null, true],
    [['message', 'first_name'], { first_name: 'Eva' }, true],
    [['message', 'first_name'], { first_name: 'Олена' }, false],
    [['message', 'first_name'], { visits_total: 4 }, false],
    [['message', 'first_name'], { first_name: null }, false],
    [['message', 'lesson'], null, false],
    [['message', 'lesson'], { lesson: 'Yoga' }, false],
    [['header:image'], null, false],
  ])('as %j can be filled in Czech from %j: %s', async (parameters, variables, expected) => {
    const [row] = await clubs.sql`
      select campaigns.can_fill(${parameters}, ${variables === null ? null : clubs.sql.json(variables)}, 'cs') as can_fill`;
    expect(row!.can_fill).toBe(expected);
  });
});

describe('planning', () => {
  /** The template in which Eva, who speaks Ukrainian, gets her message when these are listed, the bad ones stopped. */
  async function planned(campaign: Campaign) {
    await campaign.plan();
    const [row] = await clubs.sql<{ said: string }[]>`
      select template_name || '/' || template_language as said from campaigns.drafts
      where club_id = ${campaign.club.id} and status not in ('cancelled', 'expired')`;
    return row?.said;
  }

  const OWN = { name: 'reactivation_v1', language: 'uk' };
  const NEWER = { name: 'reactivation_v2', language: 'uk' };
  const CLUBS = { name: 'reactivation_v1', language: 'cs' };

  it.each([
    ['the newest of the client’s language', [OWN, NEWER, CLUBS], 'reactivation_v2/uk'],
    [
      'the one before it when Meta pauses the newest',
      [OWN, { ...NEWER, status: 'PAUSED' }, CLUBS],
      'reactivation_v1/uk',
    ],
    [
      'the one before it when the newest is rated RED',
      [OWN, { ...NEWER, quality: 'RED' }, CLUBS],
      'reactivation_v1/uk',
    ],
    [
      'the club’s language when Meta stops all of the client’s',
      [{ ...OWN, status: 'DISABLED' }, { ...NEWER, correct_category: 'UTILITY' }, CLUBS],
      'reactivation_v1/cs',
    ],
    [
      'nothing when none is left',
      [
        { ...OWN, status: 'PAUSED' },
        { ...CLUBS, quality: 'RED' },
      ],
      undefined,
    ],
  ])('takes %s', async (_, templates, said) => {
    const campaign = await start();
    await campaign.member('eva', [94, 100], { language: 'uk' });
    await listed(campaign, ...templates);
    expect(await planned(campaign)).toBe(said);
  });

  it('voids a message whose template was stopped, and the variant that is approved takes over by itself', async () => {
    const campaign = await start();
    await campaign.member('eva', [94, 100], { language: 'uk' });
    await listed(campaign, OWN, NEWER, CLUBS);
    expect(await planned(campaign)).toBe('reactivation_v2/uk');
    await campaign.write();
    await listed(campaign, OWN, { ...NEWER, quality: 'RED' }, CLUBS);
    expect(await campaign.decide('eva')).toMatchObject({ reason: 'no_template' });
    expect(await planned(campaign)).toBe('reactivation_v1/uk');
  });
});
