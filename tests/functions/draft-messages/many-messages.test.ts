import { afterEach, beforeEach, expect, it } from 'vitest';
import { CLUB, openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';

// Many messages that wait at once, against the limits of the sandbox's Telegram: 20 a minute in a group, one a second.
// MANY_MESSAGES=500 tries as many as a large club has on its first day.

const MESSAGES = Number(process.env.MANY_MESSAGES ?? 60);
const CRON_SECONDS = 5;

let world: Messaging;
beforeEach(async () => {
  world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
});
afterEach(() => world.closeAll());

/** Written drafts, in the language of the moderation chat, each of a member of its own. */
async function writeDrafts(count: number): Promise<void> {
  const at = world.now();
  await world.sql`
    with member as (
      insert into crm.clients (club_id, external_id, name, first_name, phone, language, language_source, raw)
      select ${CLUB}, 'm' || number, 'Member Number' || number, 'Member', '+420777' || (200000 + number), 'en', 'field', '{}'
      from generate_series(1, ${count}) as number
      returning club_id, client_id
    ),
    draft as (
      insert into campaigns.drafts (
        club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language,
        planned_date, planned_at, expires_at, delivery_mode, mode_basis, status, version
      )
      select club_id, client_id, 'reactivation', 'away', 'last visit 74 days ago, 31 visits in all',
        '{"days_since_last_visit": 74, "visits_total": 31}', 'en', 'reactivation_v1', 'en',
        core.local_date(${CLUB}, ${at}), ${at}::timestamptz - client_id * interval '1 second', ${at}::timestamptz + interval '48 hours',
        'moderation', 'club', 'pending', 1
      from member
      returning club_id, draft_id, client_id
    )
    insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, written_at)
    select club_id, draft_id, 1, 'claude', 'We keep a place for you.', '{}', 'Hello! We keep a place for you. ' || client_id, 'claude:test', ${at}
    from draft`;
}

const messages = async (): Promise<
  { text: string; at: string; buttons: { text: string; callback_data: string }[][] }[]
> => (await world.outside.control('GET', '/telegram/chat')).messages;

/** What cron does while something is due. */
async function untilQuiet(): Promise<void> {
  for (;;) {
    const { body } = await world.run('draft-messages');
    const [row] = await world.sql`select count(*)::int as due from outbox.due_posts(${world.now()})`;
    if (body.posts === 0 && row!.due === 0) return;
    world.pass(CRON_SECONDS * 1000);
  }
}

it(`${MESSAGES} messages at once come as one digest; one by one all come, in their order, and Telegram never has to slow us down`, async () => {
  await writeDrafts(MESSAGES);
  await untilQuiet();
  const [digest, ...others] = await messages();
  expect(others).toEqual([]);
  expect(digest!.text).toContain(`${MESSAGES} messages wait`);

  const oneByOne = digest!.buttons.flat().find(({ text }) => text.includes('One by one'))!;
  await world.outside.control('POST', '/telegram/press', { message_id: 1, data: oneByOne.callback_data });
  await world.deliver();
  const startedAt = world.now().getTime();
  await untilQuiet();

  const cards = (await messages()).slice(1);
  const planned = await world.sql<{ client_id: string }[]>`
    select client_id from campaigns.drafts order by planned_at, draft_id`;
  expect(cards.map(({ text }) => /for you\. (\d+)/.exec(text)?.[1])).toEqual(
    planned.map(({ client_id }) => client_id),
  );
  // Nothing failed on the way, a flood limit least of all.
  expect(world.logged.filter(({ level }) => level === 'error')).toEqual([]);
  const minutes = (world.now().getTime() - startedAt) / 60_000;
  // Twenty a minute is what a group takes.
  expect(minutes).toBeGreaterThan((MESSAGES - 20) / 20);
  expect(minutes).toBeLessThan((MESSAGES / 20) * 1.15);
  console.log(`${MESSAGES} cards in ${minutes.toFixed(1)} minutes of Telegram's time`);
}, 300_000);
