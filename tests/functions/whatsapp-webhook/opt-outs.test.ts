import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMember, approveMessage, isSuppressed, planDraft, readDraft, readMessage } from '../members.ts';
import { change, openMetaCalls } from './meta-calls.ts';
import type { MetaCalls } from './meta-calls.ts';

let meta: MetaCalls;
beforeEach(async () => {
  meta = await openMetaCalls();
});
afterEach(() => meta.world.closeAll());

async function sendOne({ world, member }: MetaCalls): Promise<string> {
  const messageId = await approveMessage(world, member);
  await world.run('send-messages');
  return messageId;
}

/** What lies in the chat on the member's phone from the club, the oldest first. */
async function received({ world, member }: MetaCalls): Promise<string[]> {
  const phone = await world.outside.control('GET', `/whatsapp/phones/${member.number}`);
  const messages: { direction: string; body: string }[] = phone.messages;
  return messages.filter(({ direction }) => direction === 'out').map(({ body }) => body);
}

async function writes({ world, member }: MetaCalls, text: string): Promise<void> {
  await world.outside.control('POST', `/whatsapp/phones/${member.number}/reply`, { text });
  await world.deliver();
}

async function sendAll({ world }: MetaCalls): Promise<void> {
  await world.sync();
  await world.run('send-messages');
  await world.deliver(2000);
}

const CONFIRMED: [language: string, word: string, begins: string][] = [
  ['uk', 'відписатися', 'Зрозуміли. Vltava Fit'],
  ['bg', 'спрете', 'Разбрахме. Vltava Fit'],
];

describe('A member who says no', () => {
  it.each(CONFIRMED)(
    'reads on the phone, in their language (%s), that it was heard, and nothing ever after',
    async (language, word, begins) => {
      meta.member = await addMember(meta.world, language);
      await approveMessage(meta.world, meta.member, { language });
      await writes(meta, word);
      await sendAll(meta);
      expect(await received(meta)).toEqual([expect.stringMatching(new RegExp(`^${begins} `))]);

      await writes(meta, word);
      await sendAll(meta);
      await approveMessage(meta.world, meta.member, { language });
      await sendAll(meta);
      meta.world.pass(40 * 24 * 3600_000);
      await sendAll(meta);
      expect(await received(meta)).toHaveLength(1);
    },
  );

  it('not clearly is written to no more until a person has decided, and then reads what was decided', async () => {
    const { world } = meta;
    await approveMessage(world, meta.member);
    await writes(meta, 'Už mi prosím nepište');
    await sendAll(meta);
    expect(await received(meta)).toEqual([]);
    expect(await isSuppressed(world, meta.member)).toBeUndefined();
    expect(await world.sql`select kind, closed_at from campaigns.conversations`).toEqual([
      { kind: 'unclear_wish', closed_at: null },
    ]);
    await world.sql`
      select outbox.settle_wish(club_id, conversation_id, true, 'operator:x', ${world.now()}) from campaigns.conversations`;
    await sendAll(meta);
    expect(await received(meta)).toEqual([expect.stringMatching(/^Rozumíme\. /)]);
  });
});

describe('A member says no', () => {
  it.each(['STOP', 'Отписаться'])('with the word %s, and is never written to again', async (word) => {
    const waiting = await planDraft(meta.world, meta.member);
    await meta.world.outside.control('POST', `/whatsapp/phones/${meta.member.number}/reply`, { text: word });
    await meta.world.deliver();
    expect(await isSuppressed(meta.world, meta.member)).toBe('stop_word');
    expect(await readDraft(meta.world, waiting)).toMatchObject({
      status: 'cancelled',
      decision_reason: 'suppressed',
    });
    expect(await meta.world.sql`select is_opt_out from outbox.replies`).toMatchObject([{ is_opt_out: true }]);
  });

  it.each(['Přijdu v úterý, díky!', 'Please do not stop writing'])('but not with: %s', async (words) => {
    await meta.world.outside.control('POST', `/whatsapp/phones/${meta.member.number}/reply`, {
      text: words,
    });
    await meta.world.deliver();
    expect(await isSuppressed(meta.world, meta.member)).toBeUndefined();
    expect(await meta.world.sql`select body, is_opt_out from outbox.replies`).toMatchObject([
      { body: words, is_opt_out: false },
    ]);
  });

  it('with the button under the message', async () => {
    const messageId = await sendOne(meta);
    await meta.world.deliver(2000);
    await meta.world.outside.control('POST', `/whatsapp/phones/${meta.member.number}/tap`, {
      payload: `optout:${messageId}`,
    });
    await meta.world.deliver();
    expect(await isSuppressed(meta.world, meta.member)).toBe('button');
  });

  it('in the settings of WhatsApp, and a later resume is no new consent', async () => {
    await meta.world.outside.control('POST', `/whatsapp/phones/${meta.member.number}/stop`);
    await meta.world.deliver();
    expect(await isSuppressed(meta.world, meta.member)).toBe('user_preferences');
    await meta.world.outside.control('POST', `/whatsapp/phones/${meta.member.number}/resume`);
    await meta.world.deliver();
    expect(await isSuppressed(meta.world, meta.member)).toBe('user_preferences');
    expect(await meta.world.sql`select withdrawn_by from campaigns.consents`).toMatchObject([
      { withdrawn_by: 'user_preferences' },
    ]);
  });

  it('between approval and sending, and the message is not sent', async () => {
    const messageId = await approveMessage(meta.world, meta.member);
    await meta.world.outside.control('POST', `/whatsapp/phones/${meta.member.number}/reply`, {
      text: 'stop',
    });
    await meta.world.deliver();
    await meta.world.run('send-messages');
    expect(await readMessage(meta.world, messageId)).toMatchObject({
      status: 'cancelled',
      status_reason: 'suppressed',
    });
    const { sends } = await meta.world.outside.control('GET', '/whatsapp/sends');
    expect(sends.map(({ kind }: { kind: string }) => kind)).toEqual(['text']);
  });

  it('hiding the number, after any update that showed it beside the user id', async () => {
    const phone = `/whatsapp/phones/${meta.member.number}`;
    await meta.world.outside.control('POST', `${phone}/reply`, { text: 'Přijdu v úterý' });
    await meta.world.deliver();
    await meta.world.outside.control('PATCH', phone, { is_number_hidden: true });
    await meta.world.outside.control('POST', `${phone}/reply`, { text: 'STOP' });
    await meta.world.deliver();
    expect(await isSuppressed(meta.world, meta.member)).toBe('stop_word');
    expect((await meta.events()).map((event) => event['error'])).toEqual([null, null]);
  });

  it('hiding the number before we ever saw it: their user id is suppressed, and the phone once it is seen', async () => {
    const phone = `/whatsapp/phones/${meta.member.number}`;
    await meta.world.outside.control('PATCH', phone, { is_number_hidden: true });
    await meta.world.outside.control('POST', `${phone}/stop`);
    await meta.world.deliver();
    const { user_id: userId } = await meta.world.outside.control('GET', phone);
    const suppressions = () =>
      meta.world.sql`select phone, wa_user_id, cause from campaigns.suppressions where lifted_at is null`;
    expect(await suppressions()).toEqual([{ phone: null, wa_user_id: userId, cause: 'user_preferences' }]);
    expect(await meta.events()).toMatchObject([{ error: expect.stringContaining('find them by hand') }]);

    await meta.world.outside.control('PATCH', phone, { is_number_hidden: false });
    await meta.world.outside.control('POST', `${phone}/reply`, { text: 'Kdy je jóga?' });
    await meta.world.deliver();
    expect(await suppressions()).toEqual([
      { phone: `+${meta.member.number}`, wa_user_id: userId, cause: 'user_preferences' },
    ]);
  });

  it('without showing the number or answering us: the update is kept, with what a person must do', async () => {
    const body = change({
      contacts: [{ profile: { name: 'Eva' }, user_id: 'CZ.1' }],
      messages: [
        {
          from_user_id: 'CZ.1',
          id: 'wamid.9',
          timestamp: meta.seconds(),
          type: 'text',
          text: { body: 'STOP' },
        },
      ],
    });
    expect((await meta.post(body)).status).toBe(200);
    const preference = change(
      {
        user_preferences: [{ user_id: 'CZ.1', value: 'stop', category: 'marketing_messages', timestamp: 1 }],
      },
      'user_preferences',
    );
    expect((await meta.post(preference)).status).toBe(200);
    await meta.world.deliver(0);
    expect(await meta.events()).toMatchObject([
      { kind: 'message', dedupe_key: 'message:wamid.9', error: expect.stringContaining('find them by hand') },
      {
        kind: 'user_preference',
        dedupe_key: 'preference:CZ.1:stop:1',
        error: expect.stringContaining('find them by hand'),
      },
    ]);
  });
});
