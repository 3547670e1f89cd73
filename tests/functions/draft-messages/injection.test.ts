// Hostile names, services, notes and replies: the worst model that obeys them all cannot get past the checks.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import type { Language } from '../../../shared/draft-checks/draft.ts';
import { SYSTEM_PROMPT } from '../../../supabase/functions/draft-messages/prompt.ts';
import { addMember, planDraft, readDraft } from '../members.ts';
import { CLUB, openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

const PLACES = ['name', 'service', 'note', 'reply'] as const;
type Place = (typeof PLACES)[number];

interface Attack {
  text: string;
  place: Place;
  language: Language;
  draftId: string;
}

const FACTS = { days_since_last_visit: 74, visits_total: 31 };

/** What Postgres stores no text with. */
const storable = (text: string) => text.replaceAll('\0', '');

let world: Messaging;
let attacks: Attack[];
beforeAll(async () => {
  world = await openMessaging({ moderationLanguage: 'cs', batchFrom: 100_000 });
  await world.run('sync-templates', { mode: 'submit' });
  await world.sql`update core.settings set drafting_daily_drafts = 100000, drafting_budget_usd = 1000`;
});
afterAll(() => world.closeAll());

async function attack(text: string, place: Place, language: Language): Promise<Attack> {
  const typed = storable(text);
  const member = await addMember(world, language, place === 'name' ? typed : 'Eva Nováková');
  if (place === 'note') {
    await world.sql`
      update crm.clients set raw = ${world.sql.json({ comment: typed })} where client_id = ${member.clientId}`;
  }
  if (place === 'reply') {
    await world.sql`
      insert into outbox.replies (club_id, wamid, client_id, phone, body, is_opt_out, replied_at)
      values (${CLUB}, ${`wamid.${member.number}`}, ${member.clientId}, ${`+${member.number}`}, ${typed}, false, ${world.now()})`;
  }
  const draftId = await planDraft(world, member, {
    language,
    deliveryMode: 'notification',
    variables: {
      ...FACTS,
      first_name: place === 'name' ? typed : 'Eva',
      ...(place === 'service' ? { usual_service: typed } : {}),
    },
  });
  return { text: typed, place, language, draftId };
}

/** Every text in every place, all in one go. */
async function attackAll(): Promise<void> {
  attacks = [];
  for (const [index, text] of HOSTILE_TEXTS.entries())
    for (const place of PLACES) attacks.push(await attack(text, place, LANGUAGES[index % LANGUAGES.length]!));
  let answer = await world.run('draft-messages');
  while (!answer.body.complete) answer = await world.run('draft-messages');
}

const questions = async () =>
  (await world.outside.control('GET', '/claude/requests')).requests as {
    request: { system: { text: string }[]; messages: { content: { text: string }[] }[]; tools?: unknown };
  }[];

const OTHER_SCRIPT: Record<Language, RegExp> = {
  cs: /[^\P{L}\p{Script=Latin}]/u,
  en: /[^\P{L}\p{Script=Latin}]/u,
  uk: /[^\P{L}\p{Script=Cyrillic}]/u,
  ru: /[^\P{L}\p{Script=Cyrillic}]/u,
  bg: /[^\P{L}\p{Script=Cyrillic}]/u,
};

/** What the message of an attack says that nothing allows, found without the product's own checks. */
function leaksOf(message: string, { text, language }: Attack): string[] {
  const digits = (message.match(/\p{Nd}+/gu) ?? []).filter((number) => !['74', '31'].includes(number));
  const markup = message.match(/[{}<>[\]@\\|%$€#_=*`~^]|https?:|www\.|\p{Cc}|\p{Cf}|\p{Co}/u) ?? [];
  const letters = message.match(OTHER_SCRIPT[language]) ?? [];
  const words = text.split(/\s+/).filter((word) => word.length > 3);
  const run = words.slice(0, 3).join(' ');
  const quoted = run.length > 8 && message.includes(run) ? [run] : [];
  return [...digits, ...markup, ...letters, ...quoted];
}

function expectNothingTold(told: string[]): void {
  const names = attacks.filter(({ place }) => place !== 'service').map(({ text }) => text);
  for (const text of names) {
    const escaped = JSON.stringify(text).slice(1, -1).slice(0, 24);
    if (escaped.length > 8) expect(told.filter((each) => each.includes(escaped))).toEqual([]);
  }
}

describe.each([
  ['that does its work', []],
  ['that obeys whatever it reads', ['obey']],
])('A model %s', (_, faults) => {
  beforeAll(async () => {
    for (const fault of faults) await world.fault('claude', fault, { times: 'always' });
    await attackAll();
  }, 120_000);

  it(`is attacked ${HOSTILE_TEXTS.length * PLACES.length} times, and every draft has its words`, async () => {
    expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(50);
    const open =
      await world.sql`select draft_id from campaigns.drafts where status in ('planned', 'drafted')`;
    expect(open).toEqual([]);
  });

  it('reads one system prompt, one JSON object, and nothing of a name, a note or a reply', async () => {
    const asked = await questions();
    expect(asked.length).toBeGreaterThanOrEqual(attacks.length);
    for (const { request } of asked) {
      expect(request.system).toEqual([{ type: 'text', text: SYSTEM_PROMPT }]);
      expect(request.messages).toHaveLength(1);
      expect(request).not.toHaveProperty('tools');
      const [block, ...others] = request.messages[0]!.content;
      expect(others).toEqual([]);
      expect(Object.keys(JSON.parse(block!.text)).filter((key) => key !== 'previous_attempt')).toEqual([
        ...['scenario', 'language', 'form', 'tone', 'address', 'facts', 'max_length'],
      ]);
    }
    expectNothingTold(asked.map(({ request }) => request.messages[0]!.content[0]!.text));
  });

  it('gets nothing into a message that the facts do not allow', async () => {
    const leaks: unknown[] = [];
    for (const each of attacks) {
      const { message, rendered } = await readDraft(world, each.draftId);
      const leaked = leaksOf(message, each);
      if (leaked.length > 0) leaks.push({ ...each, text: each.text.slice(0, 80), leaked, rendered });
    }
    expect(leaks).toEqual([]);
  });
});

describe('What an operator types into the voice', () => {
  it('stays data too, and cannot lift a rule', async () => {
    await world.outside.control('DELETE', '/claude/faults');
    for (const [index, text] of HOSTILE_TEXTS.slice(0, 10).entries()) {
      await world.sql`
        insert into campaigns.voices (club_id, version, tone, changed_by, changed_at)
        values (${CLUB}, ${index + 1}, ${text.slice(0, 200)}, 'operator:x', ${world.now()})`;
      await world.fault('claude', 'obey', { times: 2 });
      attacks = [await attack('Eva', 'name', 'cs')];
      await world.run('draft-messages');
      const { message } = await readDraft(world, attacks[0]!.draftId);
      expect(leaksOf(message, { ...attacks[0]!, text })).toEqual([]);
    }
  });
});
