/** The parts of the history a person asks for, and the states of the outbox each stands for. */
export const OUTBOX_FILTERS = {
  all: null,
  'on-the-way': ['queued', 'sending', 'failed'],
  sent: ['sent'],
  'needs-a-person': ['dead', 'uncertain'],
  cancelled: ['cancelled'],
} as const;
export type OutboxFilter = keyof typeof OUTBOX_FILTERS;

/** What was rejected never came into the outbox, and belongs to the history all the same. */
export const MESSAGE_FILTERS = [...(Object.keys(OUTBOX_FILTERS) as OutboxFilter[]), 'rejected'] as const;
export type MessageFilter = (typeof MESSAGE_FILTERS)[number];

export function messageFilter(value: string | null): MessageFilter {
  return MESSAGE_FILTERS.find((name) => name === value) ?? 'all';
}
