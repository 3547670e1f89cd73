import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveMessage, readMessage } from '../members.ts';
import { openMetaCalls } from './meta-calls.ts';
import type { MetaCalls } from './meta-calls.ts';

let meta: MetaCalls;
beforeEach(async () => {
  meta = await openMetaCalls();
});
afterEach(() => meta.world.closeAll());

/** As Meta sends it, byte for byte: escapes, its own order, and fields of next year. */
const call = (field: string, value: string) =>
  `{"entry":[{"id":"2065","time":1763629200,"changes":[{"value":${value},"field":"${field}"}]}],"object":"whatsapp_business_account"}`;

const NAMED =
  '"message_template_id":1689556908129832123,"message_template_name":"reactivation_v1","message_template_language":"cs"';

const templates = () => meta.world.sql`
  select name, language, status, category, quality, stopped_for, stopped_reason from campaigns.templates
  where stopped_for <> '{}'`;

describe('A template of which Meta says', () => {
  it.each([
    [
      'that it is paused',
      call(
        'message_template_status_update',
        `{"event":"PAUSED",${NAMED},"reason":"NONE","message_template_category":"MARKETING","other_info":{"title":"FIRST_PAUSE","description":"The template\\u2019s quality is low: it is paused for 3 hours."}}`,
      ),
      { status: 'PAUSED', stopped_for: ['status'] },
      'it is paused for 3 hours',
    ],
    [
      'that it is rejected',
      call(
        'message_template_status_update',
        `{"event":"REJECTED",${NAMED},"reason":"PROMOTIONAL","rejection_info":{"reason":"x","recommendation":"y"}}`,
      ),
      { status: 'REJECTED', stopped_for: ['status'] },
      'PROMOTIONAL',
    ],
    [
      'that members rate it poorly',
      call(
        'message_template_quality_update',
        `{"previous_quality_score":"YELLOW","new_quality_score":"RED",${NAMED},"quality_score_of_next_year":{"value":3}}`,
      ),
      { status: 'APPROVED', quality: 'RED', stopped_for: ['quality'] },
      'RED',
    ],
    [
      'that it was moved to another category',
      call('template_category_update', `{${NAMED},"previous_category":"MARKETING","new_category":"UTILITY"}`),
      { status: 'APPROVED', category: 'UTILITY', stopped_for: ['category'] },
      'from MARKETING to UTILITY',
    ],
    [
      'that it will be moved tomorrow',
      call(
        'template_category_update',
        `{${NAMED},"new_category":"MARKETING","correct_category":"UTILITY","category_update_timestamp":1763715600}`,
      ),
      { status: 'APPROVED', category: 'MARKETING', stopped_for: ['category'] },
      'belongs in UTILITY',
    ],
  ])('%s stops at once, alone, and the update is kept whole', async (_, bytes, expected, words) => {
    expect((await meta.post(bytes)).status).toBe(200);
    expect((await meta.post(bytes)).status).toBe(200);
    await meta.world.deliver(0);
    expect(await templates()).toMatchObject([
      {
        name: 'reactivation_v1',
        language: 'cs',
        ...expected,
        stopped_reason: expect.stringContaining(words),
      },
    ]);
    const { entry } = JSON.parse(bytes) as { entry: { changes: object[] }[] };
    expect(await meta.events()).toMatchObject([
      { kind: 'other', error: null, payload: { entry_id: '2065', change: entry[0]!.changes[0]! } },
    ]);
  });

  it('nothing bad any more goes on', async () => {
    await meta.post(call('message_template_status_update', `{"event":"PAUSED",${NAMED},"reason":"NONE"}`));
    await meta.post(call('message_template_status_update', `{"event":"APPROVED",${NAMED},"reason":"NONE"}`));
    await meta.world.deliver(0);
    expect(await templates()).toEqual([]);
  });

  it('that it is rated RED sends no approved message any more', async () => {
    const messageId = await approveMessage(meta.world, meta.member);
    await meta.post(call('message_template_quality_update', `{${NAMED},"new_quality_score":"RED"}`));
    await meta.world.deliver(0);
    await meta.world.run('send-messages');
    expect(await readMessage(meta.world, messageId)).toMatchObject({ status: 'cancelled' });
  });
});
