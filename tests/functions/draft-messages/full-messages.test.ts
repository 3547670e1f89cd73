import { afterEach, describe, expect, it } from 'vitest';
import { openAnsweredMember } from '../answered-member.ts';
import type { AnsweredMember } from '../answered-member.ts';
import { planDraft, readDraft } from '../members.ts';
import { TELEGRAM } from '../outside-services.ts';

const FOOTER = 'Vltava Fit\nObchodní sdělení · Odhlášení: odpovězte STOP';

let at: AnsweredMember;
afterEach(() => at.world.closeAll());

const card = async () => (await at.world.outside.control('GET', '/telegram/chat')).messages[0];

async function approve(): Promise<void> {
  const { message_id } = await card();
  const data = `a:${at.draftId}:1`;
  await at.world.outside.control('POST', '/telegram/press', {
    message_id,
    data,
    user_id: TELEGRAM.allowedUserIds[0],
  });
  await at.world.deliver();
}

describe('A member who wrote within 24 hours', () => {
  it('gets a message of our own, exactly as a person read and approved it', async () => {
    at = await openAnsweredMember();
    const draft = await at.draft();
    expect(draft).toMatchObject({ form: 'free_text', status: 'pending', source: 'claude' });
    expect(draft.rendered).toBe(`${draft.message}\n\n${FOOTER}`);
    expect((await card()).text).toContain(draft.rendered);
    expect((await card()).text).toContain('Full message: the member wrote within 24 hours');
    expect((await card()).text).toContain('Decide until 21 Nov, 09:55');

    await approve();
    expect(await at.send()).toMatchObject({ sent: 1 });
    expect(
      (await at.sends()).map(({ kind, body }: { kind: string; body: string }) => ({ kind, body })),
    ).toEqual([{ kind: 'text', body: draft.rendered }]);
  });

  it('gets the static text in the same form when drafting is off', async () => {
    at = await openAnsweredMember({ isDraftingOff: true });
    const draft = await at.draft();
    expect(draft).toMatchObject({ form: 'free_text', source: 'static' });
    expect(draft.rendered).toBe(`${draft.message}\n\n${FOOTER}`);
    await approve();
    expect(await at.send()).toMatchObject({ sent: 1 });
    expect((await at.sends())[0].body).toBe(draft.rendered);
  });

  it('gets nothing when the 24 hours end between the approval and the sending, and a template once it is planned anew', async () => {
    at = await openAnsweredMember();
    await approve();
    await at.later(24 * 3600_000);
    expect(await at.send()).toEqual({ sent: 0, failed: 0, uncertain: 0, complete: true });
    expect(await at.sends()).toEqual([]);
    expect(await at.message()).toMatchObject({ status: 'cancelled', status_reason: 'window_closed' });
    await at.world.run('draft-messages');
    expect((await card()).text).toContain('24 hours');

    const again = await planDraft(at.world, at.member, { deliveryMode: 'notification' });
    await at.world.run('draft-messages');
    expect(await readDraft(at.world, again)).toMatchObject({ form: 'template', status: 'approved' });
    expect(await at.send()).toMatchObject({ sent: 1 });
    expect((await at.sends())[0]).toMatchObject({ kind: 'template', template: 'reactivation_v1' });
  });

  it('who said STOP with it is told that it was heard, and gets nothing else', async () => {
    at = await openAnsweredMember();
    await at.write('STOP');
    expect(await at.draft()).toMatchObject({ status: 'cancelled', decision_reason: 'suppressed' });
    await approve();
    expect(await at.send()).toMatchObject({ sent: 1 });
    expect(await at.sends()).toMatchObject([{ kind: 'text', body: expect.stringContaining('Rozumíme') }]);
  });
});

it('A member who wrote nothing gets the line of a template, and the card says so', async () => {
  at = await openAnsweredMember();
  await at.later(24 * 3600_000);
  await at.world.sql`delete from campaigns.drafts`;
  const draftId = await planDraft(at.world, at.member);
  await at.world.run('draft-messages');
  expect(await readDraft(at.world, draftId)).toMatchObject({ form: 'template' });
  const texts: string[] = (await at.world.outside.control('GET', '/telegram/chat')).messages.map(
    ({ text }: { text: string }) => text,
  );
  expect(texts.filter((text) => text.includes('Line in an approved template'))).toHaveLength(1);
});
