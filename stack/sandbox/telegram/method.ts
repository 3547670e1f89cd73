// What a method of the Bot API gets and gives.
import type { DatabaseSync } from 'node:sqlite';
import type { Chats } from './chats.ts';
import type { FloodLimits } from './limits.ts';
import type { ChatStore } from './message-store.ts';
import type { Parameters } from './parameters.ts';
import type { People } from './people.ts';
import type { PressStore } from './press-store.ts';
import type { TelegramWebhook } from './webhook.ts';

export interface MethodDeps {
  db: DatabaseSync;
  now: () => Date;
  people: People;
  chats: Chats;
  store: ChatStore;
  presses: PressStore;
  webhook: TelegramWebhook;
  checkFlood: FloodLimits;
}

export interface MethodAnswer {
  result: unknown;
  description?: string;
}

export type Methods = Record<string, (parameters: Parameters) => MethodAnswer>;
