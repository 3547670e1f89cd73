// What a member does on the phone: reads, answers, taps a button, stops marketing. Each becomes a webhook.
import { inTransaction } from '../database.ts';
import { profileName } from './context.ts';
import type { WhatsAppContext } from './context.ts';
import { createMessageId, isOnPhone, isUnread } from './message-store.ts';
import type { StoredMessage } from './message-store.ts';
import type { Phone } from './phone-store.ts';
import { inboundValue, preferenceValue, statusValue } from './webhook-payloads.ts';

/** The member cannot do that; the sentence says why. */
export class MemberActionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MemberActionError';
  }
}

type InboundContent = Pick<StoredMessage, 'kind' | 'body' | 'buttons' | 'contextId'>;

function inboundMessage(phone: Phone, at: Date, content: InboundContent): StoredMessage {
  return {
    ...content,
    id: createMessageId(phone.number, 'in'),
    number: phone.number,
    direction: 'in',
    header: null,
    footer: null,
    templateName: null,
    language: null,
    category: null,
    callbackData: null,
    request: null,
    countsAgainstLimit: false,
    createdAt: at.getTime(),
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    failedAt: null,
    failedCode: null,
  };
}

export class MemberActions {
  readonly #context: WhatsAppContext;

  constructor(context: WhatsAppContext) {
    this.#context = context;
  }

  /** Opens the chat: every message that has arrived and was not read yet is read now. Returns how many. */
  read(number: string): number {
    const { db, now, messages, phones, webhook, metadata } = this.#context;
    return inTransaction(db, () => {
      const phone = phones.get(number);
      const unread = messages.thread(number).filter((message) => isUnread(message, now()));
      for (const message of unread) {
        messages.markRead(message.id, now());
        // The price comes with `sent` and one of the two later statuses.
        const isPriced = message.deliveredAt === null;
        const status = { status: 'read' as const, at: now(), isPriced };
        webhook.notify('messages', statusValue(metadata, phone, message, status), now());
      }
      return unread.length;
    });
  }

  reply(number: string, text: string, contextId: string | null): StoredMessage {
    return this.#receive(number, { kind: 'text', body: text, buttons: [], contextId });
  }

  /** Taps a quick-reply button of a message; without a message id, of the newest that has one with this payload. */
  tap(number: string, payload: string, messageId?: string): StoredMessage {
    const { messages, now } = this.#context;
    const candidates = messages
      .thread(number)
      .filter((message) => message.direction === 'out' && isOnPhone(message, now()))
      .filter((message) => messageId === undefined || message.id === messageId);
    const message = candidates.findLast(({ buttons }) =>
      buttons.some((button) => button.payload === payload),
    );
    const button = message?.buttons.find((candidate) => candidate.payload === payload);
    if (!message || !button) {
      throw new MemberActionError(`+${number} has no message with a button whose payload is "${payload}".`);
    }
    return this.#receive(number, {
      kind: 'button',
      body: button.text,
      buttons: [button],
      contextId: message.id,
    });
  }

  stop(number: string): void {
    this.#setPreference(number, 'stop');
  }

  resume(number: string): void {
    this.#setPreference(number, 'resume');
  }

  #receive(number: string, content: InboundContent): StoredMessage {
    const { db, now, messages, phones, webhook, metadata } = this.#context;
    return inTransaction(db, () => {
      const phone = phones.get(number);
      const message = inboundMessage(phone, now(), content);
      messages.insert(message);
      phones.noteInbound(number, now());
      const value = inboundValue(metadata, phone, profileName(this.#context, number), message);
      webhook.notify('messages', value, now());
      return message;
    });
  }

  #setPreference(number: string, value: 'stop' | 'resume'): void {
    const { db, now, phones, webhook, metadata } = this.#context;
    inTransaction(db, () => {
      phones.setStoppedMarketing(number, value === 'stop');
      const name = profileName(this.#context, number);
      webhook.notify(
        'user_preferences',
        preferenceValue(metadata, phones.get(number), name, value, now()),
        now(),
      );
    });
  }
}
