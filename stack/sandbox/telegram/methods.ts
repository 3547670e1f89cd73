// The Bot API methods a moderation bot uses, by their names in lower case: Telegram does not mind the case.
import { z } from 'zod';
import { createChatMethods } from './chat-methods.ts';
import { createMessageMethods } from './message-methods.ts';
import type { MethodDeps, Methods } from './method.ts';
import { flag, parse } from './parameters.ts';
import { badRequest } from './telegram-error.ts';
import { createWebhookMethods } from './webhook-methods.ts';

const maxAnswerLength = 200;
const callbackLifetimeMs = 60_000;

const answerCallbackQuery = z.looseObject({
  callback_query_id: z.string(),
  text: z.string().optional(),
  show_alert: flag.optional(),
});

export function createMethods(deps: MethodDeps): Methods {
  const { now, people, presses } = deps;
  return {
    ...createMessageMethods(deps),
    ...createChatMethods(deps),
    ...createWebhookMethods(deps),
    getme: () => ({
      result: {
        ...people.bot,
        can_join_groups: true,
        can_read_all_group_messages: true,
        supports_inline_queries: false,
        can_connect_to_business: false,
        has_main_web_app: false,
      },
    }),
    answercallbackquery(parameters) {
      const request = parse(answerCallbackQuery, parameters);
      const press = presses.find(request.callback_query_id);
      const isOpen = press && press.answeredAt === null && now().getTime() - press.at <= callbackLifetimeMs;
      if (!isOpen) throw badRequest('query is too old and response timeout expired or query ID is invalid');
      if ((request.text?.length ?? 0) > maxAnswerLength) throw badRequest('MESSAGE_TOO_LONG');
      presses.answer(press.id, request.text || null, request.show_alert ?? false, now());
      return { result: true };
    },
  };
}
