// A member who has just written to the club and was answered by a person, and the message that was planned for them afterwards.
import { addMember, planDraft, readDraft } from './members.ts';
import type { DraftOptions } from './members.ts';
import { openMessaging } from './messaging.ts';
import type { MessagingOptions } from './messaging.ts';

export type AnsweredMember = Awaited<ReturnType<typeof openAnsweredMember>>;

export async function openAnsweredMember(options: MessagingOptions & DraftOptions = {}) {
  const world = await openMessaging(options);
  await world.run('sync-templates', { mode: 'submit' });
  const member = await addMember(world);
  const write = async (text: string) => {
    await world.outside.control('POST', `/whatsapp/phones/${member.number}/reply`, { text });
    await world.deliver();
    await world.sql`
      select campaigns.close_conversation(club_id, conversation_id, 'done', 'operator:test', ${world.now()})
      from campaigns.conversations where closed_at is null`;
  };
  await write('Děkuji, ozvu se.');
  const draftId = await planDraft(world, member, options);
  await world.run('draft-messages');
  return {
    world,
    member,
    draftId,
    /** The member writes, we hear of it, and a person deals with it. */
    write,
    draft: () => readDraft(world, draftId),
    message: async () => (await world.sql`select * from outbox.messages where draft_id = ${draftId}`)[0]!,
    /** What reached WhatsApp. */
    sends: async () => (await world.outside.control('GET', '/whatsapp/sends')).sends,
    send: async () => (await world.run('send-messages')).body,
    /** Time passes, and the mirror stays fresh. */
    async later(ms: number): Promise<void> {
      world.pass(ms);
      await world.sync();
    },
  };
}
