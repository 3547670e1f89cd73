import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDraft } from '../members.ts';
import { openModeratedDraft, PETRA, STRANGER, TOMAS } from './moderated-draft.ts';
import type { ModeratedDraft } from './moderated-draft.ts';

const NEW_WORDS = 'Přijďte si zase zacvičit, rádi vás uvidíme.';

let draft: ModeratedDraft;
beforeEach(async () => {
  draft = await openModeratedDraft();
});
afterEach(() => draft.world.closeAll());

const read = () => readDraft(draft.world, draft.draftId);

/** Petra taps Edit; the bot's question. */
async function ask(version = 1) {
  await draft.press('e', PETRA, version);
  return (await draft.messages()).at(-1)!;
}

describe('A tap on Edit', () => {
  it('asks whoever tapped, under the card, and shows the words there are', async () => {
    const { message } = await read();
    const prompt = await ask();
    expect(prompt).toMatchObject({ force_reply: true, reply_to_message_id: (await draft.card()).message_id });
    expect(prompt.text).toContain('Petra, answer this message with the new text, at most 200 characters.');
    const code = prompt.entities.find(({ type }) => type === 'code')!;
    expect(prompt.text.slice(code.offset, code.offset + code.length)).toBe(message);
    expect(prompt.entities).toContainEqual(expect.objectContaining({ url: `tg://user?id=${PETRA}` }));
  });

  it('asks for nothing when somebody has decided', async () => {
    await draft.tap('e');
    await draft.world
      .sql`select campaigns.decide_draft(1, ${draft.draftId}, 1, 'rejected', ${`telegram:${TOMAS}`}, null, ${draft.world.now()})`;
    await draft.world.deliver();
    expect((await draft.lastPress()).answer).toBe('Already rejected.');
    expect(await draft.messages()).toHaveLength(1);
  });
});

describe('The answer', () => {
  it('to the question is the new text, which waits for approval in its turn', async () => {
    const prompt = await ask();
    const said = await draft.answer(prompt.message_id, `  ${NEW_WORDS.replace(', ', ',\n')} `);
    expect(said!.text).toBe('✏️ The card shows the new text. It still waits for approval.');
    expect(await read()).toMatchObject({
      status: 'pending',
      version: 2,
      source: 'operator',
      message: NEW_WORDS,
      author: `telegram:${PETRA}`,
    });
    const card = await draft.card();
    expect(card.text).toContain(NEW_WORDS);
    expect(card.buttons[0]![0]!.callback_data).toBe(`a:${draft.draftId}:2`);
    expect(await draft.outbox()).toEqual([]);
    await draft.press('a', PETRA, 2);
    expect(await draft.outbox()).toMatchObject([
      { version: 2, rendered: expect.stringContaining(NEW_WORDS) },
    ]);
  });

  it('to the card itself does the same', async () => {
    await draft.answer((await draft.card()).message_id, NEW_WORDS, TOMAS);
    expect(await read()).toMatchObject({ version: 2, message: NEW_WORDS, author: `telegram:${TOMAS}` });
  });

  it('that fails the checks is refused with what is wrong, until there is a better one', async () => {
    const before = await read();
    let asked = await ask();
    for (const [text, problem] of [
      ['Přijďte si zase zacvičit na https://example.com/akce.', 'link'],
      ['Přijďte si zase zacvičit, máte slevu 50 %.', '50'],
      ['Come back and train with us again this week.', 'Czech'],
      [`Přijďte si zase zacvičit${', rádi vás uvidíme'.repeat(15)}.`, 'at most 200'],
      ['Přijďte si <b>zase</b> zacvičit.', 'brackets'],
    ] as const) {
      const said = await draft.answer(asked.message_id, text);
      expect(said!.text).toMatch(/^❌ Not taken, the message stays as it was:\n• /);
      expect(said!.text).toContain(problem);
      expect(said!.force_reply).toBe(true);
      asked = said!;
    }
    expect(await read()).toMatchObject({ version: 1, message: before.message });
    await draft.answer(asked.message_id, NEW_WORDS);
    expect(await read()).toMatchObject({ version: 2, message: NEW_WORDS });
  });

  it('comes too late for a text that somebody else has changed', async () => {
    const prompt = await ask();
    await draft.answer((await draft.card()).message_id, NEW_WORDS, TOMAS);
    const said = await draft.answer(prompt.message_id, 'Těšíme se na vás na tréninku.');
    expect(said!.text).toContain('The text has changed since');
    expect(await read()).toMatchObject({ version: 2, message: NEW_WORDS });
  });

  it('comes too late for a decided draft, by question or by card', async () => {
    const prompt = await ask();
    await draft.press('a', TOMAS);
    for (const to of [prompt.message_id, (await draft.card()).message_id]) {
      const said = await draft.answer(to, NEW_WORDS);
      expect(said!.text).toBe('Already approved by Tomáš.');
    }
    expect(await read()).toMatchObject({ status: 'approved', version: 1 });
  });

  it('of a stranger is none and gets none, and to anything else it is people talking', async () => {
    const prompt = await ask();
    for (const to of [prompt.message_id, (await draft.card()).message_id])
      expect(await draft.answer(to, NEW_WORDS, STRANGER)).toBeUndefined();
    const { message_id } = await draft.world.outside.control('POST', '/telegram/message', {
      text: 'Who is this?',
    });
    expect(await draft.answer(message_id, NEW_WORDS)).toBeUndefined();
    expect(await read()).toMatchObject({ version: 1 });
  });

  it('is taken even when Telegram does not let us say so', async () => {
    const prompt = await ask();
    await draft.world.fault('telegram', 'rate_limit', { method: 'sendMessage', retry_after: 3 });
    await draft.answer(prompt.message_id, NEW_WORDS);
    await draft.world.deliver();
    expect(await read()).toMatchObject({ version: 2, message: NEW_WORDS });
  });
});
