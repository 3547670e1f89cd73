import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDraft } from '../members.ts';
import { lettersOf, openModeratedDraft } from './moderated-draft.ts';
import type { ModeratedDraft } from './moderated-draft.ts';

const HOUR = 3600_000;

let draft: ModeratedDraft;
beforeEach(async () => {
  draft = await openModeratedDraft();
});
afterEach(() => draft.world.closeAll());

describe('A tap on Snooze', () => {
  it('asks for how long, and Back takes that back', async () => {
    await draft.press('s');
    expect(lettersOf(await draft.card())).toEqual([['s1', 's3', 'sm'], ['b']]);
    await draft.press('b');
    expect(lettersOf(await draft.card())[1]).toEqual(['e', 's']);
  });

  it('puts the card off, and brings it up again at the end of the chat', async () => {
    const { message_id } = await draft.card();
    await draft.press('s');
    await draft.press('s1');
    expect((await draft.lastPress()).answer).toBe(
      'Snoozed until 20 Nov, 11:00. The card comes up again then.',
    );
    const { text } = await draft.card();
    expect(text).toContain('Odloženo do 20. 11. 11:00');
    expect(text).toContain('Petra');
    draft.world.pass(HOUR);
    await draft.world.run('draft-messages');
    const shown = await draft.messages();
    expect(shown).toHaveLength(1);
    expect(shown[0]!.message_id).toBeGreaterThan(message_id);
    expect(shown[0]!.text).not.toContain('Odloženo');
  });

  it('leaves the decision to whoever makes it earlier', async () => {
    await draft.press('s');
    await draft.press('s3');
    await draft.press('a');
    expect(await readDraft(draft.world, draft.draftId)).toMatchObject({
      status: 'approved',
      snoozed_until: null,
    });
  });

  it('is refused when no hour would be left to decide', async () => {
    draft.world.pass(46 * HOUR);
    await draft.press('s');
    await draft.press('sm');
    expect(await draft.lastPress()).toMatchObject({
      answer: expect.stringContaining('it expires 22 Nov, 10:00, and an hour must be left'),
      show_alert: true,
    });
    expect((await readDraft(draft.world, draft.draftId)).snoozed_until).toBeNull();
    expect(lettersOf(await draft.card())[0]).toEqual(['a', 'r']);
  });

  it('does nothing to a draft that somebody has decided', async () => {
    await draft.press('s');
    await draft.world
      .sql`select campaigns.decide_draft(1, ${draft.draftId}, 1, 'rejected', 'operator:5', null, ${draft.world.now()})`;
    await draft.press('s1');
    expect((await draft.lastPress()).answer).toBe('Already rejected in the dashboard.');
    expect((await draft.card()).buttons).toEqual([]);
  });

  it('asks to be tapped again while Telegram takes no changes of the chat', async () => {
    await draft.world.sql`select outbox.hold_chat(${'-1004200'}, 30, ${draft.world.now()})`;
    await draft.press('s');
    expect(await draft.lastPress()).toMatchObject({
      answer: 'The chat is busy. Please tap again in a minute.',
      show_alert: true,
    });
    expect(lettersOf(await draft.card())[0]).toEqual(['a', 'r']);
  });
});
