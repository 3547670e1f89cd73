import type { JSONValue } from 'postgres';
import type { Span } from './storm-journal.ts';
import type { Job, Worker } from './storm-worker.ts';

interface Claimed {
  club_id: number;
  message_id: string;
  token: string;
  phone: string;
  template_name: string;
  parameters: { message: string };
}

const LEASE_SECONDS = 120;

/** What comes of a call: whether the message went out, and what the worker reports; null: it died and reports nothing. */
function fate(worker: Worker): { isOut: boolean; report: JSONValue } {
  const { random } = worker;
  const error = { error_code: 131000, error: 'storm' };
  switch (random.int(0, 19)) {
    case 0:
      return { isOut: false, report: { outcome: 'retry', ...error } };
    case 1:
      return { isOut: false, report: { outcome: 'final', ...error } };
    case 2:
      return { isOut: random.chance(0.5), report: { outcome: 'uncertain', error: 'timeout' } };
    case 3:
      return { isOut: random.chance(0.5), report: null };
    case 4:
      return {
        isOut: false,
        report: { outcome: 'final', error_code: 131050, error: 'stop', action: 'suppress' },
      };
    default:
      return { isOut: true, report: { outcome: 'accepted', wamid: `wamid.${random.int(0, 2 ** 31)}` } };
  }
}

async function deliver(worker: Worker, message: Claimed, claim: Span): Promise<void> {
  const { journal } = worker.scene;
  const { club_id, message_id, token, phone } = message;
  const { result: mayGo, span: start } = await worker.do('api.start_send', async (sql, now) => {
    const [row] = await sql<{ may_go: boolean }[]>`
      select api.start_send(${club_id}, ${message_id}, ${token}, ${now}) as may_go`;
    return row!.may_go;
  });
  if (!mayGo) return;
  const { isOut, report } = fate(worker);
  if (isOut) {
    const text = message.parameters.message;
    journal.sends.push({ message: message_id, phone, template: message.template_name, text, claim, start });
  }
  if (report === null) return;
  const { span } = await worker.do(
    'api.settle_message',
    (sql, now) =>
      sql`select api.settle_message(${club_id}, ${message_id}, ${token}, ${sql.json(report)}, ${now})`,
  );
  if (typeof report === 'object' && 'action' in report) journal.note(span, { kind: 'opt_out', phone });
}

/** Some die between the claim and the call, some after it. */
export const sender: Job = {
  name: 'sender',
  rounds: Infinity,
  async round(worker) {
    const { result, span } = await worker.do('api.claim_messages', async (sql, now) => {
      const [row] = await sql<{ messages: Claimed[] }[]>`
        select api.claim_messages(6, ${LEASE_SECONDS}, ${now}) as messages`;
      return row!.messages;
    });
    for (const message of result) if (!worker.random.chance(0.04)) await deliver(worker, message, span);
  },
};
