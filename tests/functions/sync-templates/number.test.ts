import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGraph } from '../../../supabase/functions/_shared/graph.ts';
import { createNumberReader } from '../../../supabase/functions/sync-templates/number.ts';
import { runNumberRound } from '../../../supabase/functions/sync-templates/number-round.ts';
import { openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';
import { WHATSAPP } from '../outside-services.ts';

let world: Messaging;
beforeAll(async () => {
  world = await openMessaging();
});
afterAll(() => world.closeAll());

const number = async () => (await world.sql`select * from outbox.number`)[0]!;
const limit = async () =>
  (await world.sql`select portfolio_limit from core.settings`)[0]!.portfolio_limit as number;

async function read(phoneNumberId = WHATSAPP.phoneNumberId, token = WHATSAPP.token) {
  const graph = createGraph({ apiUrl: `${world.outside.root}/whatsapp`, version: 'v26.0', token });
  const { database, now, log } = world;
  return runNumberRound({ database, now, readNumber: createNumberReader(graph, phoneNumberId) }, log);
}

describe('The number', () => {
  it('is read with its limit, its rating and its name', async () => {
    await world.outside.control('PUT', '/whatsapp/limit', { tier: 'TIER_10K' });
    expect(await read()).toBe(true);
    expect(await number()).toMatchObject({
      display_number: '+420228880100',
      verified_name: 'Vltava Fit',
      quality: 'GREEN',
      tier: 'TIER_10K',
      read_error: null,
    });
    expect(await limit()).toBe(10_000);
  });

  it.each([
    ['whose id is wrong', '999', WHATSAPP.token],
    ['that our token does not open', WHATSAPP.phoneNumberId, 'another-token'],
  ])('%s keeps what was known, and says what is wrong', async (_, id, token) => {
    await read();
    expect(await read(id, token)).toBe(false);
    expect(await limit()).toBe(10_000);
    expect((await number()).read_error).toBeTruthy();
    await read();
    expect((await number()).read_error).toBeNull();
  });

  it('that cannot be read does not hold up the templates', async () => {
    expect((await world.run('sync-templates', { mode: 'submit' })).body).toMatchObject({
      mirrored: 25,
      number: 'read',
    });
  });
});
