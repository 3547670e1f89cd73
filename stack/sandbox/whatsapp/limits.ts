// Meta's three brakes: throughput of the number, pace per recipient, and people per day of the business portfolio.
import { GraphError } from './graph-error.ts';
import type { MessageStore } from './message-store.ts';
import type { Phone, PhoneStore } from './phone-store.ts';

export const tiers = {
  TIER_250: 250,
  TIER_2K: 2000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: Infinity,
} as const;
export type Tier = keyof typeof tiers;

const messagesPerSecond = 80;
const pairIntervalMs = 6000;
const pairBurst = 45;
const dayMs = 24 * 3600_000;

export function checkThroughput(messages: MessageStore, at: Date): void {
  if (messages.sendsSince(at.getTime() - 1000) < messagesPerSecond) return;
  throw new GraphError(
    130429,
    'Message failed to send because there were too many messages sent from this phone number in a short period of time.',
  );
}

/**
 * One message per 6 s to the same person. A burst of up to 45 within 6 s is let through and borrows from what follows:
 * after a burst of 20 the next message may go two minutes later.
 */
export function checkPairRate(phones: PhoneStore, phone: Phone, at: Date): void {
  const elapsed = at.getTime() - phone.burstStartedAt;
  if (elapsed >= phone.burstCount * pairIntervalMs) return phones.setBurst(phone.number, at.getTime(), 1);
  if (elapsed <= pairIntervalMs && phone.burstCount < pairBurst) {
    return phones.setBurst(phone.number, phone.burstStartedAt, phone.burstCount + 1);
  }
  throw new GraphError(
    131056,
    'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
  );
}

/** People who may be reached outside a service window in a rolling 24 h. Someone already reached today costs nothing more. */
export function checkPortfolioLimit(messages: MessageStore, number: string, tier: Tier, at: Date): void {
  const since = at.getTime() - dayMs;
  if (messages.wasReachedSince(number, since) || messages.peopleReachedSince(since) < tiers[tier]) return;
  throw new GraphError(
    131048,
    `Message failed to send because the portfolio's messaging limit (${tier}) was reached.`,
  );
}

/** The customer service window: 24 h from the member's last message. */
export const isWindowOpen = (phone: Phone, at: Date): boolean =>
  phone.lastInboundAt !== null && at.getTime() - phone.lastInboundAt < dayMs;
