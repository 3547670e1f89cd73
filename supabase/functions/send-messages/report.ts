// What one attempt came to, in the outbox's terms.
import { GraphError, GraphUnansweredError } from '../_shared/graph.ts';
import type { ClaimedMessage } from './claimed-message.ts';
import { actionOf } from './error-actions.ts';
import type { ErrorAction } from './error-actions.ts';
import type { Acceptance } from './whatsapp-client.ts';

export interface Report {
  outcome: 'accepted' | 'retry' | 'final' | 'uncertain';
  wamid?: string;
  delivery?: 'accepted' | 'held';
  error_code?: number;
  error?: string;
  action?: ErrorAction['action'];
  retry_after_seconds?: number;
}

export const acceptedReport = ({ wamid, delivery }: Acceptance): Report => ({
  outcome: 'accepted',
  wamid,
  delivery,
});

/** The call was not made, and nothing stands against making it. */
export const notSentReport = (error: string): Report => ({ outcome: 'retry', error, action: 'none' });

/**
 * Fails closed: only an error of Meta's own, or a connection never made, proves that nothing went out. All else is
 * uncertain, and an uncertain message is never sent again by a machine.
 */
export function failedReport(error: unknown, { tries }: ClaimedMessage): Report {
  if (error instanceof GraphError) {
    const { outcome, action, retryAfterSeconds, mostAttempts } = actionOf(
      error.code,
      error.subcode,
      error.httpStatus,
    );
    return {
      outcome: mostAttempts !== undefined && tries >= mostAttempts ? 'final' : outcome,
      action,
      error_code: error.code,
      error: error.message,
      ...(retryAfterSeconds === undefined
        ? {}
        : {
            retry_after_seconds:
              typeof retryAfterSeconds === 'number' ? retryAfterSeconds : retryAfterSeconds(tries),
          }),
    };
  }
  const sentence = error instanceof Error ? error.message : String(error);
  if (error instanceof GraphUnansweredError && error.isCertainlyUnsent) return notSentReport(sentence);
  return { outcome: 'uncertain', error: sentence };
}
