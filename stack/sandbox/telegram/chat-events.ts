// What becomes of a chat with the bot in it: thrown out, invited, upgraded.
import { inTransaction } from '../database.ts';
import type { Membership } from './chats.ts';
import { ActionError } from './person-actions.ts';
import type { ActionDeps } from './person-actions.ts';

/** A person throws the bot out of a group or invites it; in a private chat, blocks it or takes it back. */
export function changeMembership(deps: ActionDeps, chatId: number, userId: number, membership: Membership) {
  const { db, now, people, chats, webhook } = deps;
  const before = chats.hasBot(chatId) ? 'member' : 'kicked';
  return inTransaction(db, () => {
    chats.setMembership(chatId, membership);
    const updateId = webhook.send('my_chat_member', {
      chat: chats.of(chatId),
      from: people.userOf(userId),
      date: Math.floor(now().getTime() / 1000),
      old_chat_member: describeMember(deps, before),
      new_chat_member: describeMember(deps, membership),
    });
    return { update_id: updateId };
  });
}

function describeMember({ people }: ActionDeps, membership: Membership) {
  // Thrown out for ever: Telegram's 0.
  const until = membership === 'kicked' ? { until_date: 0 } : {};
  return { user: people.bot, status: membership, ...until };
}

/** A group becomes a supergroup: the old id is dead, and a service message in each tells of the other. */
export function migrate({ db, now, chats, people, webhook }: ActionDeps, chatId: number) {
  if (chatId > 0) throw new ActionError('A private chat cannot be upgraded.');
  return inTransaction(db, () => {
    const to = chats.migrate(chatId);
    const service = (chat: number, fact: object) =>
      webhook.send('message', {
        message_id: 1,
        from: people.userOf(people.moderators[0]?.id ?? people.bot.id),
        chat: chats.of(chat),
        date: Math.floor(now().getTime() / 1000),
        ...fact,
      });
    service(chatId, { migrate_to_chat_id: to });
    service(to, { migrate_from_chat_id: chatId });
    return { migrate_to_chat_id: to };
  });
}
