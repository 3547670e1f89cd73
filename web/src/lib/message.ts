/** How a message travels. */
export type MessageStatus = 'queued' | 'sending' | 'sent' | 'failed' | 'dead' | 'cancelled' | 'uncertain';

/** What became of it, as WhatsApp reported. */
export type Delivery = 'accepted' | 'held' | 'sent' | 'delivered' | 'read' | 'failed';

/** What one attempt to send it came to. */
export type AttemptOutcome = 'accepted' | 'retry' | 'final' | 'uncertain' | 'not_started';

/** A message about which a person has to decide. */
export interface StuckMessage {
  message_id: string;
  client_id: number;
  member: string;
  phone: string;
  purpose: 'campaign' | 'answer' | 'confirmation';
  conversation_id: number | null;
  occasion: string | null;
  language: string;
  rendered: string;
  status: 'dead' | 'uncertain';
  status_reason: string | null;
  error_code: number | null;
  queued_at: string;
  expires_at: string | null;
  attempts: number;
  last_attempt_at: string | null;
}

/** What came of sending dead messages again. */
export interface Requeued {
  requeued: number;
  expired: number;
  refused: number;
}

/** What came of a decision about a draft. */
export interface Decided {
  outcome:
    'approved' | 'rejected' | 'already_decided' | 'old_version' | 'expired' | 'not_eligible' | 'unknown';
  status?: string | null | undefined;
  reason?: string | null | undefined;
}
