import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MODERATOR, openCommandedClub, OWNER, PETRA, STRANGER, textOf } from './commanded-club.ts';
import type { CommandedClub } from './commanded-club.ts';

let at: CommandedClub;
beforeAll(async () => {
  at = await openCommandedClub();
});
afterAll(() => at.world.closeAll());
beforeEach(() => at.beginAnew());

describe('With several clubs', () => {
  it('/pause asks in which, keeps the reason, and touches no other', async () => {
    const other = await at.openClub('Karlín <Gym>');
    await at.link(OWNER, 'owner', { club: other });
    const [shown] = await at.write('/pause no heating in <hall> 2 🥶 today', { user: OWNER });
    expect(shown!.buttons).toEqual([
      [{ text: 'Vltava Fit', callback_data: 'cp:1' }],
      [{ text: 'Karlín <Gym>', callback_data: `cp:${other}` }],
    ]);
    expect(await at.press(shown!, `cp:${other}`, OWNER)).toMatchObject({ answer: 'Done.' });
    expect((await at.said()).at(-1)!.text).toMatch(
      /^Karlín <Gym>\nPaused by .*\nno heating in <hall> 2 🥶 today$/s,
    );
    expect(await at.settings(other)).toMatchObject({
      sending_paused_by: `telegram:${OWNER}`,
      sending_pause_reason: 'no heating in <hall> 2 🥶 today',
    });
    expect(await at.settings()).toMatchObject({ sending_paused_by: null });

    const [asked] = await at.write('/resume', { user: OWNER });
    await at.press(asked!, 'cr:1', OWNER);
    expect((await at.said()).at(-1)!.text).toContain('It is not paused.');
  });

  it('offers those in which the person may', async () => {
    const other = await at.openClub('Karlín');
    await at.link(OWNER, 'moderator', { club: other });
    const [shown] = await at.write('/pause', { user: OWNER });
    expect(shown!.buttons.flat().map(({ callback_data }) => callback_data)).toEqual(['cp:1']);
    const [modes] = await at.write('/mode notification', { user: OWNER });
    expect(modes!.buttons).toEqual([[{ text: 'Vltava Fit: Notification', callback_data: 'cn:1' }]]);
    expect(await textOf(at.write('/pause', { user: PETRA }))).toContain('Only an owner or operator');
  });

  it('tells somebody else who taps what they may not, and a stranger nothing', async () => {
    const other = await at.openClub('Karlín');
    await at.link(OWNER, 'owner', { club: other });
    const [shown] = await at.write('/pause', { user: OWNER });
    expect(await at.press(shown!, 'cp:1', MODERATOR)).toMatchObject({
      answer: expect.stringContaining('Only an owner or operator may pause'),
      show_alert: true,
    });
    expect(await at.press(shown!, 'cp:1', STRANGER)).toMatchObject({ answer: null });
    expect(at.denied()).toEqual([STRANGER]);
    // Removed since the buttons were shown.
    await at.world
      .sql`update core.operators set is_active = false where club_id = 1 and telegram_user_id = ${OWNER}`;
    expect(await at.press(shown!, 'cp:1', OWNER)).toMatchObject({ answer: null });
    expect(await at.settings()).toMatchObject({ sending_paused_by: null });
    expect((await at.said()).at(-1)).toEqual(shown);
  });

  it('asks alone with the bot too', async () => {
    const other = await at.openClub('Karlín');
    await at.link(OWNER, 'owner', { club: other });
    const [shown] = await at.write('/pause', { user: OWNER, chat: OWNER });
    expect(await at.press(shown!, `cp:${other}`, OWNER)).toMatchObject({ answer: 'Done.' });
    expect((await at.said(OWNER)).at(-1)!.text).toContain('Paused by');
  });
});
