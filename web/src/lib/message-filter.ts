/** The parts of the history a person asks for, and the states of the outbox each stands for. */
export const MESSAGE_FILTERS = {
  all: null,
  'on-the-way': ['queued', 'sending', 'failed'],
  sent: ['sent'],
  'needs-a-person': ['dead', 'uncertain'],
  cancelled: ['cancelled'],
} as const;
export type MessageFilter = keyof typeof MESSAGE_FILTERS;

export function messageFilter(value: string | null): MessageFilter {
  return value !== null && Object.hasOwn(MESSAGE_FILTERS, value) ? (value as MessageFilter) : 'all';
}
