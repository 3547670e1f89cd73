// Updates as Telegram documents them that decide nothing, each with what could tempt the bot: an allowed person, the button of a
// waiting draft, a command. https://core.telegram.org/bots/api#update, Bot API 9.
import { BOT, CHANNEL, entities, FOREIGN, GROUP, people, seconds } from './documented-chats.ts';
import type { About, Documented } from './documented-chats.ts';
import { documentedMessages } from './documented-messages.ts';

const APPROVE = (draftId: string) => `a:${draftId}:1`;

/** Taps on what is not a card of ours in the moderation chat. */
function taps(about: About): Documented[] {
  const { draftId, at } = about;
  const { user, alone } = people(about);
  const data = APPROVE(draftId);
  const tap = { id: '4382bfdwdsb323b2d9', from: user, chat_instance: '-2871935820938' };
  const message = { message_id: 9_001, from: BOT, date: seconds(at), text: 'A card' };
  return [
    ['inline_message_id', { ...tap, inline_message_id: '1234csdbsk4839', data }],
    [
      'an inaccessible message elsewhere',
      { ...tap, message: { chat: FOREIGN, message_id: 9_001, date: 0 }, data },
    ],
    [
      'a card forwarded to the person',
      {
        ...tap,
        message: {
          ...message,
          chat: alone,
          forward_origin: { type: 'user', sender_user: BOT, date: seconds(at) },
        },
        data,
      },
    ],
    [
      'a card forwarded within the chat',
      {
        ...tap,
        message: {
          ...message,
          chat: GROUP,
          forward_origin: { type: 'user', sender_user: BOT, date: seconds(at) },
        },
        data,
      },
    ],
    [
      'a channel',
      { ...tap, message: { ...message, from: undefined, sender_chat: CHANNEL, chat: CHANNEL }, data },
    ],
    ['a game', { ...tap, message: { ...message, chat: GROUP }, game_short_name: 'race' }],
    ['nothing at all', tap],
    [
      'a draft that never was',
      {
        ...tap,
        message: { ...message, chat: GROUP, date: 0 },
        data: APPROVE('00000000-0000-4000-8000-000000000000'),
      },
    ],
    [
      'data of somebody else',
      { ...tap, message: { ...message, chat: GROUP }, data: '{"action":"approve","id":1}' },
    ],
  ].map(([name, content]) => [`a tap on ${name as string}`, { callback_query: content }]);
}

/** Kinds of updates that setWebhook does not ask for, and which come nonetheless when somebody sets it otherwise. */
function others(about: About): Documented[] {
  const { cardId, at } = about;
  const { user, alone } = people(about);
  const message = { message_id: 9_200, from: user, chat: GROUP, date: seconds(at) };
  const edited = { ...message, edit_date: seconds(at) };
  const post = { message_id: 3, sender_chat: CHANNEL, chat: CHANNEL, date: seconds(at), text: '/pause' };
  const member = (status: string, who: object = BOT) => ({ user: who, status });
  return [
    [
      'a message edited into a command',
      { edited_message: { ...edited, text: '/pause', entities: entities('/pause', 'bot_command') } },
    ],
    [
      'an edited answer to a card',
      {
        edited_message: {
          ...edited,
          text: 'Přijďte!',
          reply_to_message: { message_id: cardId, from: BOT, chat: GROUP, date: seconds(at) },
        },
      },
    ],
    ['a post of a channel', { channel_post: post }],
    ['an edited post of a channel', { edited_channel_post: { ...post, edit_date: seconds(at) } }],
    [
      'a person who blocked the bot',
      {
        my_chat_member: {
          chat: alone,
          from: user,
          date: seconds(at),
          old_chat_member: member('member'),
          new_chat_member: { ...member('kicked'), until_date: 0 },
        },
      },
    ],
    [
      'a colleague who was promoted',
      {
        chat_member: {
          chat: GROUP,
          from: user,
          date: seconds(at),
          old_chat_member: member('member', { id: 31, is_bot: false, first_name: 'Jan' }),
          new_chat_member: member('administrator', { id: 31, is_bot: false, first_name: 'Jan' }),
        },
      },
    ],
    [
      'a reaction to a card',
      {
        message_reaction: {
          chat: GROUP,
          message_id: cardId,
          user,
          date: seconds(at),
          old_reaction: [],
          new_reaction: [{ type: 'emoji', emoji: '👍' }],
        },
      },
    ],
    ['an inline query', { inline_query: { id: '1', from: user, query: 'approve', offset: '' } }],
    [
      'a poll',
      {
        poll: {
          id: '5',
          question: 'Send it?',
          options: [{ text: 'Yes', voter_count: 1 }],
          total_voter_count: 1,
          is_closed: false,
          is_anonymous: true,
          type: 'regular',
          allows_multiple_answers: false,
        },
      },
    ],
    [
      'somebody who asks to come in',
      { chat_join_request: { chat: GROUP, from: user, user_chat_id: user.id, date: seconds(at) } },
    ],
    ['a kind of tomorrow', { hologram: { from: user, chat: GROUP } }],
    ['no kind at all', {}],
  ];
}

/** Each with an update_id of its own. */
export const documentedUpdates = (about: About): [name: string, update: { update_id: number }][] =>
  [...taps(about), ...documentedMessages(about), ...others(about)].map(([name, content], place) => [
    name,
    { update_id: 812_000_001 + place, ...content },
  ]);
