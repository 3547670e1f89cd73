// What people say and send in the moderation chat, to each other, as Telegram documents it.
import { ANONYMOUS, BOT, CHANNEL, entities, FOREIGN, GROUP, people, seconds } from './documented-chats.ts';
import type { About, Documented } from './documented-chats.ts';

export function documentedMessages(about: About): Documented[] {
  const { cardId, at } = about;
  const { user } = people(about);
  const message = { message_id: 9_100, from: user, chat: GROUP, date: seconds(at) };
  const file = { file_id: 'BAADAgADyAADKgJRSwABHj', file_unique_id: 'AQADyAADKgJRSwAB', file_size: 48_213 };
  const card = {
    message_id: cardId + 5_000,
    from: BOT,
    chat: GROUP,
    date: seconds(at),
    text: 'A card of another time',
  };
  return [
    ['a long text with emoji', { ...message, text: '🏋️‍♀️ Nezapomeňte na zítřek! '.repeat(160).slice(0, 4096) }],
    [
      'a photo with a caption',
      {
        ...message,
        photo: [
          { ...file, width: 90, height: 67 },
          { ...file, width: 1280, height: 960 },
        ],
        caption: '/pause',
        caption_entities: entities('/pause', 'bot_command'),
        has_media_spoiler: true,
      },
    ],
    [
      'a sticker',
      {
        ...message,
        sticker: {
          ...file,
          width: 512,
          height: 512,
          emoji: '👍',
          set_name: 'Yes',
          type: 'regular',
          is_animated: false,
          is_video: false,
        },
      },
    ],
    ['a voice', { ...message, voice: { ...file, duration: 4, mime_type: 'audio/ogg' } }],
    ['a location', { ...message, location: { latitude: 50.087, longitude: 14.421 } }],
    ['a contact', { ...message, contact: { phone_number: '+420777000000', first_name: 'Eva', user_id: 1 } }],
    [
      'an answer to a colleague',
      { ...message, text: 'Yes!', reply_to_message: { ...message, message_id: 9_099, text: 'Now?' } },
    ],
    [
      'an answer to what the bot said in another time',
      { ...message, text: 'Přijďte zase.', reply_to_message: card },
    ],
    [
      'a message in a topic',
      {
        ...message,
        message_thread_id: 17,
        is_topic_message: true,
        text: 'In a topic',
        reply_to_message: {
          ...card,
          message_thread_id: 17,
          forum_topic_created: { name: 'Members', icon_color: 7_322_096 },
        },
      },
    ],
    [
      'a forwarded command',
      {
        ...message,
        text: 'See /pause, it helps',
        forward_origin: { type: 'hidden_user', sender_user_name: 'Somebody', date: seconds(at) },
      },
    ],
    [
      'a command of another bot',
      {
        ...message,
        from: { id: 9_999, is_bot: true, first_name: 'Other', username: 'other_bot' },
        text: '/pause',
        entities: entities('/pause', 'bot_command'),
      },
    ],
    [
      'a command of an anonymous administrator',
      {
        ...message,
        from: ANONYMOUS,
        sender_chat: GROUP,
        author_signature: 'owner',
        text: '/pause',
        entities: entities('/pause', 'bot_command'),
      },
    ],
    [
      'a post of the linked channel',
      {
        ...message,
        from: { id: 777_000, is_bot: false, first_name: 'Telegram' },
        sender_chat: CHANNEL,
        is_automatic_forward: true,
        text: 'News',
      },
    ],
    [
      'a message of a channel, without anybody',
      { ...message, from: undefined, sender_chat: CHANNEL, text: 'News' },
    ],
    [
      'a command of a channel, without anybody',
      {
        ...message,
        from: undefined,
        sender_chat: CHANNEL,
        text: '/resume',
        entities: entities('/resume', 'bot_command'),
      },
    ],
    ['somebody who comes', { ...message, new_chat_members: [{ id: 31, is_bot: false, first_name: 'Jan' }] }],
    ['somebody who goes', { ...message, left_chat_member: { id: 31, is_bot: false, first_name: 'Jan' } }],
    ['a pinned card', { ...message, pinned_message: { ...card, message_id: cardId } }],
    ['a new title', { ...message, new_chat_title: 'Moderation of Vltava Fit' }],
    [
      'a command elsewhere',
      { ...message, chat: FOREIGN, text: '/pause', entities: entities('/pause', 'bot_command') },
    ],
    [
      'a chat that became a supergroup',
      { ...message, chat: { ...FOREIGN, type: 'group' }, migrate_to_chat_id: -1_001_900_000_002 },
    ],
  ].map(([name, content]) => [name as string, { message: content as object }]);
}
