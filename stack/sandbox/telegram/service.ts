// Puts the Telegram stand-in together: one bot, its moderation chat, and whoever writes to it.
import type { DatabaseSync } from 'node:sqlite';
import type { Hono } from 'hono';
import type { WebhookQueue } from '../delivery/webhook-queue.ts';
import type { Faults } from '../faults.ts';
import { createBotApp } from './bot-app.ts';
import { Chats } from './chats.ts';
import { createTelegramControl } from './control.ts';
import { createFloodLimits } from './limits.ts';
import { ChatStore } from './message-store.ts';
import { createMethods } from './methods.ts';
import { createPeople } from './people.ts';
import { PressStore } from './press-store.ts';
import { TelegramWebhook } from './webhook.ts';

export interface TelegramCredentials {
  botToken: string;
  chatId: string;
  allowedUserIds: number[];
}

export interface TelegramDeps {
  db: DatabaseSync;
  now: () => Date;
  queue: WebhookQueue;
  faults: Faults;
  credentials: TelegramCredentials;
  fetch?: typeof fetch;
}

export function createTelegram(deps: TelegramDeps): { bot: Hono; control: Hono } {
  const { db, now, queue, faults, credentials } = deps;
  const people = createPeople(credentials);
  const chats = new Chats(db, people);
  const store = new ChatStore(db, people, chats);
  const presses = new PressStore(db);
  const webhook = new TelegramWebhook({ db, queue, faults, now, fetch: deps.fetch ?? fetch });
  const checkFlood = createFloodLimits(db);
  const methods = createMethods({ db, now, people, chats, store, presses, webhook, checkFlood });
  return {
    bot: createBotApp({ db, botToken: credentials.botToken, faults, methods }),
    control: createTelegramControl({ db, now, people, chats, store, presses, webhook, faults }),
  };
}
