// A chat as a whole: what it is, leaving it, and the commands its members are offered.
import { z } from 'zod';
import type { MethodDeps, Methods } from './method.ts';
import { chatId, json, parse } from './parameters.ts';
import { badRequest } from './telegram-error.ts';

const inChat = z.looseObject({ chat_id: chatId });
const sendChatAction = z.looseObject({ chat_id: chatId, action: z.string() });
const commandList = z.looseObject({
  scope: json(z.looseObject({ type: z.string() })).optional(),
  language_code: z.string().optional(),
});
const setMyCommands = commandList.extend({
  commands: json(z.array(z.looseObject({ command: z.string(), description: z.string() })).max(100)),
});

const schema = `create table if not exists tg_commands (
  scope text not null, language text not null, commands text not null, primary key (scope, language)
) strict`;

/** Commands are kept for each scope and language; the empty language is everybody else's. */
const keyOf = (request: z.infer<typeof commandList>): [string, string] => [
  JSON.stringify(request.scope ?? { type: 'default' }),
  request.language_code ?? '',
];

export function createChatMethods({ db, chats }: MethodDeps): Methods {
  db.exec(schema);
  return {
    getchat(parameters) {
      const chat = chats.check(parse(inChat, parameters).chat_id);
      return { result: { ...chat, accent_color_id: 0, max_reaction_count: 11 } };
    },
    leavechat(parameters) {
      const chat = chats.check(parse(inChat, parameters).chat_id);
      if (chat.type === 'private') throw badRequest("chat member status can't be changed in private chats");
      chats.setMembership(chat.id, 'left');
      return { result: true };
    },
    sendchataction(parameters) {
      const request = parse(sendChatAction, parameters);
      chats.check(request.chat_id);
      if (request.action !== 'typing') throw badRequest('wrong parameter action in request');
      return { result: true };
    },
    setmycommands(parameters) {
      const request = parse(setMyCommands, parameters);
      for (const { command, description } of request.commands) {
        if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
        if (description.trim() === '' || description.length > 256)
          throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
      }
      db.prepare('insert or replace into tg_commands values (?, ?, ?)').run(
        ...keyOf(request),
        JSON.stringify(request.commands.map(({ command, description }) => ({ command, description }))),
      );
      return { result: true };
    },
    getmycommands(parameters) {
      const row = db
        .prepare('select commands from tg_commands where scope = ? and language = ?')
        .get(...keyOf(parse(commandList, parameters))) as { commands: string } | undefined;
      return { result: row ? (JSON.parse(row.commands) as unknown) : [] };
    },
  };
}
