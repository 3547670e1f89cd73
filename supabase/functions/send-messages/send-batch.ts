// Sends the messages of one claim, a few at a time, and reports each before the next of its lane begins.
import { z } from 'zod';
import type { Now, Wait } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import type { ClaimedMessage } from './claimed-message.ts';
import { acceptedReport, failedReport, notSentReport } from './report.ts';
import type { Report } from './report.ts';
import type { WhatsAppClient } from './whatsapp-client.ts';

export interface SendDeps {
  database: Database;
  whatsapp: WhatsAppClient;
  now: Now;
  wait: Wait;
}

export interface Tally {
  sent: number;
  failed: number;
  uncertain: number;
}

/** Before each further try to report. A report that cannot be stored is left: its lease ends, and the message is uncertain. */
const REPORT_PAUSES_MS = [250, 1000, 4000];

async function settle(deps: SendDeps, message: ClaimedMessage, report: Report): Promise<void> {
  const args = {
    p_club_id: message.club_id,
    p_message_id: message.message_id,
    p_token: message.token,
    p_report: report,
  };
  for (let attempt = 0; ; attempt += 1) {
    try {
      await deps.database.call('settle_message', { ...args, p_now: deps.now().toISOString() }, z.string());
      return;
    } catch (error) {
      const pause = REPORT_PAUSES_MS[attempt];
      if (pause === undefined || !(error instanceof DatabaseError && error.isTransient)) throw error;
      await deps.wait(pause);
    }
  }
}

/** Undefined: the lease is not ours any more, so the message is not ours to send. */
async function attemptSend(deps: SendDeps, message: ClaimedMessage): Promise<Report | undefined> {
  const claim = { p_club_id: message.club_id, p_message_id: message.message_id, p_token: message.token };
  try {
    if (!(await deps.database.call('start_send', { ...claim, p_now: deps.now().toISOString() }, z.boolean())))
      return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return notSentReport('the database did not confirm that sending may begin');
  }
  try {
    return acceptedReport(await deps.whatsapp.send(message));
  } catch (error) {
    return failedReport(error, message);
  }
}

const COUNTED_AS: Record<Report['outcome'], keyof Tally> = {
  accepted: 'sent',
  retry: 'failed',
  final: 'failed',
  uncertain: 'uncertain',
};

export interface Lanes {
  /** How many calls may be under way at once. */
  concurrency: number;
  mustStop: () => boolean;
  log: Log;
}

/** One message, from the note that it begins to the report; true when the number must stop. */
async function sendOne(deps: SendDeps, message: ClaimedMessage, tally: Tally, log: Log): Promise<boolean> {
  const report = await attemptSend(deps, message);
  if (!report) return false;
  const { outcome, error_code, action } = report;
  const { club_id, message_id, purpose } = message;
  log.info('attempted', { club_id, message_id, purpose, outcome, error_code, action });
  tally[COUNTED_AS[outcome]] += 1;
  await settle(deps, message, report);
  if (action !== 'stop_number') return false;
  log.warn('sending_stopped', { club_id, error_code });
  return true;
}

/**
 * Sends until `mustStop`; messages not begun go back to the queue when their lease ends. True: the number must stop. What is under
 * way then is reported all the same, and so it is when a report could not be stored: the first such error is thrown at the end.
 */
export async function sendBatch(
  deps: SendDeps,
  messages: readonly ClaimedMessage[],
  tally: Tally,
  { concurrency, mustStop, log }: Lanes,
): Promise<boolean> {
  const waiting = messages.values();
  let isStopped = false;
  const lane = async () => {
    for (const message of waiting) {
      if (isStopped || mustStop()) return;
      try {
        if (await sendOne(deps, message, tally, log)) isStopped = true;
      } catch (error) {
        // What broke this report breaks the others too.
        isStopped = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: concurrency }, lane));
  const broken = lanes.find((result) => result.status === 'rejected');
  if (broken) throw broken.reason;
  return isStopped;
}
