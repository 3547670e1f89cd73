// What a method of the Bot API gets and gives.
import type { ChatStore } from './message-store.ts';
import type { Parameters } from './parameters.ts';
import type { People } from './people.ts';
import type { PressStore } from './press-store.ts';
import type { TelegramWebhook } from './webhook.ts';

export interface MethodDeps {
  now: () => Date;
  people: People;
  store: ChatStore;
  presses: PressStore;
  webhook: TelegramWebhook;
  checkFlood: (kind: 'send' | 'edit', at: Date) => void;
}

export interface MethodAnswer {
  result: unknown;
  description?: string;
}

export type Methods = Record<string, (parameters: Parameters) => MethodAnswer>;
