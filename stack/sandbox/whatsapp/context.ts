// What the parts of the WhatsApp stand-in share.
import type { DatabaseSync } from 'node:sqlite';
import type { Faults } from '../faults.ts';
import type { MessageStore } from './message-store.ts';
import type { PhoneStore } from './phone-store.ts';
import type { TemplateStore } from './template-store.ts';
import type { WhatsAppWebhook } from './webhook.ts';
import type { Metadata } from './webhook-payloads.ts';

export interface WhatsAppCredentials {
  token: string;
  phoneNumberId: string;
  businessAccountId: string;
  appSecret: string;
  verifyToken: string;
}

/** How long after acceptance each thing happens. */
export interface WhatsAppDelays {
  sentMs: number;
  deliveredMs: number;
  templateReviewMs: number;
}

/** A member of the demo club, as the booking platform knows them. */
export interface Member {
  clientId: number;
  name: string;
}
export type FindMember = (number: string) => Member | undefined;

/** The name a person shows on WhatsApp; the number itself when nobody knows better. */
export const profileName = (context: WhatsAppContext, number: string): string =>
  context.findMember(number)?.name ?? `+${number}`;

export interface WhatsAppContext {
  db: DatabaseSync;
  now: () => Date;
  credentials: WhatsAppCredentials;
  delays: WhatsAppDelays;
  faults: Faults;
  phones: PhoneStore;
  messages: MessageStore;
  templates: TemplateStore;
  webhook: WhatsAppWebhook;
  metadata: Metadata;
  findMember: FindMember;
}
