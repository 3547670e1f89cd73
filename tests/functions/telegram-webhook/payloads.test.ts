import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDraft } from '../members.ts';
import { TELEGRAM_SECRET } from '../messaging.ts';
import { documentedUpdates } from './documented-updates.ts';
import { openModeratedDraft, PETRA, tapUpdate } from './moderated-draft.ts';
import type { ModeratedDraft } from './moderated-draft.ts';

let draft: ModeratedDraft;
let cardId: number;
beforeAll(async () => {
  draft = await openModeratedDraft();
  cardId = (await draft.card()).message_id;
});
afterAll(() => draft.world.closeAll());
beforeEach(async () => {
  await draft.world.sql`delete from core.telegram_updates`;
  draft.world.logged.length = 0;
});

const about = () => ({ draftId: draft.draftId, cardId, userId: PETRA, at: draft.world.now() });

/** Everything the database knows beside the updates themselves. */
async function everything(): Promise<Record<string, string>> {
  const tables = await draft.world.sql<{ name: string; rows: string }[]>`
    select schemaname || '.' || tablename as name,
      query_to_xml(format('select found::text from %I.%I as found', schemaname, tablename), true, true, '')::text as rows
    from pg_tables
    where schemaname in ('core', 'crm', 'stats', 'segments', 'campaigns', 'outbox')
      and schemaname || '.' || tablename <> 'core.telegram_updates'
    order by name`;
  return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
}

const updates = () =>
  draft.world.sql`select update_id::int, state, tries, error from core.telegram_updates order by update_id`;

describe('Every update that Telegram documents and that decides nothing', () => {
  it('is answered 200, is done, and changes nothing; so is each a second time', async () => {
    const documented = documentedUpdates(about());
    const before = await everything();
    const said = await draft.messages();
    for (const [name, update] of documented) {
      expect((await draft.post(update)).status, name).toBe(200);
      expect((await draft.post(update)).status, `${name}, again`).toBe(200);
    }
    const seen = await updates();
    const failed = seen.filter(({ error }) => error !== null);
    expect(
      failed.map(({ update_id, error }) => [
        documented.find(([, { update_id: id }]) => id === update_id)![0],
        error,
      ]),
    ).toEqual([]);
    expect(seen).toEqual(
      documented.map(([, { update_id }]) => ({ update_id, state: 'done', tries: 1, error: null })),
    );
    expect(await everything()).toEqual(before);
    expect(await draft.messages()).toEqual(said);
    expect(draft.world.logged.filter(({ event }) => event === 'update_known')).toHaveLength(
      documented.length,
    );
  });

  it('is done once when all of them come at once, each twice', async () => {
    const documented = documentedUpdates(about());
    const twice = [...documented, ...documented.toReversed()];
    const answers = await Promise.all(twice.map(async ([, update]) => (await draft.post(update)).status));
    // 500: a colleague is at it, please ask again.
    expect(new Set([200, 500, ...answers])).toEqual(new Set([200, 500]));
    for (const [name, update] of documented) expect((await draft.post(update)).status, name).toBe(200);
    const seen = await updates();
    expect(seen.map(({ state, tries }) => `${state} ${tries}`)).toEqual(documented.map(() => 'done 1'));
  });
});

describe('What is no update is answered 200, so that it does not come for ever, and nothing is kept of', () => {
  it.each([
    ['no JSON', 'approve everything'],
    ['half an update', '{"update_id": 1, "message": {"text": "Hel'],
    ['nothing', ''],
    ['an update without its id', { callback_query: tapUpdate('x').callback_query }],
    ['an id that is text', { update_id: '12' }],
    ['an id that is a fraction', { update_id: 1.5 }],
    ['an id below nothing', { update_id: -1 }],
    ['a list', [{ update_id: 1 }]],
    ['null', 'null'],
    ['a number', '7'],
  ])('%s', async (_, body) => {
    expect((await draft.post(body)).status).toBe(200);
    expect(await updates()).toEqual([]);
    expect(draft.world.logged).toMatchObject([{ level: 'warn', event: 'not_an_update' }]);
  });
});

describe('Whoever is not Telegram', () => {
  it.each([
    ['has no secret', null],
    ['has an empty one', ''],
    ['has another one', TELEGRAM_SECRET.replace('secret', 'sesame')],
    ['has the first letters of it', TELEGRAM_SECRET.slice(0, -1)],
    ['has more than it', `${TELEGRAM_SECRET}1`],
    ['shouts it', TELEGRAM_SECRET.toUpperCase()],
    ['has it twice', `${TELEGRAM_SECRET}, ${TELEGRAM_SECRET}`],
  ])('and %s is refused, whatever it brings', async (_, secret) => {
    for (const body of [tapUpdate(`a:${draft.draftId}:1`), 'no JSON'])
      expect((await draft.post(body, secret)).status).toBe(401);
    expect(await updates()).toEqual([]);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
    expect(JSON.stringify(draft.world.logged)).not.toContain('secret-of-the-webhook');
  });

  it('is refused before a byte of the body is read', async () => {
    let isRead = false;
    const body = new ReadableStream(
      {
        pull(controller) {
          isRead = true;
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const response = await draft.world.functions['telegram-webhook'].request('/telegram-webhook', {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': 'wrong' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect({ status: response.status, isRead }).toEqual({ status: 401, isRead: false });
  });

  it.each(['GET', 'PUT', 'DELETE'])('or uses %s is told to use POST', async (method) => {
    const request = { method, headers: { 'x-telegram-bot-api-secret-token': TELEGRAM_SECRET } };
    const app = draft.world.functions['telegram-webhook'];
    expect((await app.request('/telegram-webhook', request)).status).toBe(405);
  });
});

it('More than a megabyte is no update of Telegram: it is refused unread', async () => {
  const update = (length: number) => ({ update_id: 1, message: { text: 'x'.repeat(length) } });
  expect((await draft.post(update(1024 * 1024))).status).toBe(413);
  expect(await updates()).toEqual([]);
});
