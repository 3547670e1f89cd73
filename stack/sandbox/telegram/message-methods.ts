// Sending, editing and deleting messages.
import { z } from 'zod';
import { parseHtml, trim } from './html.ts';
import type { MessageEntity, ParsedText } from './html.ts';
import { asksForReply, checkKeyboard, inlineMarkup, sendMarkup } from './keyboard.ts';
import type { MessageContent, StoredMessage } from './message-store.ts';
import type { MethodAnswer, MethodDeps, Methods } from './method.ts';
import { chatId, flag, integer, json, parse } from './parameters.ts';
import { badRequest } from './telegram-error.ts';

const maxTextLength = 4096;
const deletableForMs = 48 * 3_600_000;

const entities = json(
  z.array(z.looseObject({ type: z.string(), offset: integer, length: integer, url: z.string().optional() })),
).optional();

const sendMessage = z.looseObject({
  chat_id: chatId,
  text: z.string(),
  parse_mode: z.string().optional(),
  entities,
  reply_markup: sendMarkup,
  reply_parameters: json(
    z.looseObject({ message_id: integer, allow_sending_without_reply: flag.optional() }),
  ).optional(),
});
const editMessageText = z.looseObject({
  chat_id: chatId,
  message_id: integer,
  text: z.string(),
  parse_mode: z.string().optional(),
  entities,
  reply_markup: inlineMarkup,
});
const editMessageReplyMarkup = z.looseObject({
  chat_id: chatId,
  message_id: integer,
  reply_markup: inlineMarkup,
});
const deleteMessage = z.looseObject({ chat_id: chatId, message_id: integer });

/** The text as it will be shown. Markdown modes are refused here: the product speaks HTML only. */
function parseText(text: string, mode: string | undefined, given: MessageEntity[] = []): ParsedText {
  if (mode !== undefined && mode.toLowerCase() !== 'html') throw badRequest('unsupported parse_mode');
  const parsed = mode === undefined ? trim({ text, entities: given }) : parseHtml(text);
  if (parsed.text === '') throw badRequest('message text is empty');
  return parsed;
}

const sameContent = (one: MessageContent, other: MessageContent) =>
  JSON.stringify([one.text, one.entities, one.keyboard]) ===
  JSON.stringify([other.text, other.entities, other.keyboard]);

function findEditable(deps: MethodDeps, id: string, messageId: number): StoredMessage {
  const chat = deps.chats.check(id);
  const message = deps.store.find(chat.id, messageId);
  if (!message) throw badRequest('message to edit not found');
  if (message.senderId !== deps.people.bot.id) throw badRequest("message can't be edited");
  return message;
}

function edit(
  { chats, store, checkFlood, now }: MethodDeps,
  message: StoredMessage,
  change: MessageContent,
): MethodAnswer {
  if (sameContent(message, change)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  checkFlood('edit', chats.of(message.chatId), now());
  return { result: store.toApi(store.edit(message.messageId, change, now())) };
}

export function createMessageMethods(deps: MethodDeps): Methods {
  const { chats, store, people, now, checkFlood } = deps;
  return {
    sendmessage(parameters) {
      const request = parse(sendMessage, parameters);
      const chat = chats.check(request.chat_id);
      const parsed = parseText(request.text, request.parse_mode, request.entities);
      if (parsed.text.length > maxTextLength) throw badRequest('message is too long');
      const keyboard = checkKeyboard(request.reply_markup);
      const forceReply = asksForReply(request.reply_markup);
      const reply = request.reply_parameters;
      const replyTo = reply && store.find(chat.id, reply.message_id) ? reply.message_id : null;
      if (reply && replyTo === null && !reply.allow_sending_without_reply)
        throw badRequest('message to be replied not found');
      checkFlood('send', chat, now());
      const from = { chatId: chat.id, senderId: people.bot.id, at: now().getTime() };
      return { result: store.toApi(store.insert({ ...from, ...parsed, keyboard, forceReply, replyTo })) };
    },
    editmessagetext(parameters) {
      const request = parse(editMessageText, parameters);
      const message = findEditable(deps, request.chat_id, request.message_id);
      const parsed = parseText(request.text, request.parse_mode, request.entities);
      if (parsed.text.length > maxTextLength) throw badRequest('MESSAGE_TOO_LONG');
      return edit(deps, message, { ...parsed, keyboard: checkKeyboard(request.reply_markup) });
    },
    editmessagereplymarkup(parameters) {
      const request = parse(editMessageReplyMarkup, parameters);
      const message = findEditable(deps, request.chat_id, request.message_id);
      return edit(deps, message, { ...message, keyboard: checkKeyboard(request.reply_markup) });
    },
    deletemessage(parameters) {
      const request = parse(deleteMessage, parameters);
      const message = store.find(chats.check(request.chat_id).id, request.message_id);
      if (!message) throw badRequest('message to delete not found');
      const isOld = now().getTime() - message.at > deletableForMs;
      if (message.senderId !== people.bot.id || isOld) throw badRequest("message can't be deleted");
      store.delete(message.messageId);
      return { result: true };
    },
  };
}
