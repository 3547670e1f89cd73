import { describe, expect, it } from 'vitest';
import { audit } from './outbox/auditor.ts';
import type { History, Ledger } from './outbox/auditor.ts';
import { runOutbox } from './outbox/run.ts';

// Nothing lost, nothing twice, nothing silent: with Postgres, workers and the webhook killed, a worker frozen past its lease, and a
// provider that knows no idempotency keys and loses its answers. The long run is `npm run bench -- outbox --crash`.

const NOTHING = { lost: [], twice: [], silent: [], unflagged: [], unwanted: [] };

it(
  'sends every message once, or says that nobody knows, whatever is killed',
  { timeout: 180_000 },
  async () => {
    const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
    console.log(`chaos seed ${seed}: CHAOS_SEED=${seed} repeats the moments`);
    const report = await runOutbox({ seed, kills: 8 });
    console.log(JSON.stringify(report));
    expect(report.verdict).toEqual(NOTHING);
    expect(report.messages).toBeGreaterThan(50);
    expect(report.byStatus.sent).toBeGreaterThan(0);
  },
);

const history = (fields: Partial<History> = {}): History => ({
  messageId: 'm1',
  purpose: 'campaign',
  number: '420777000001',
  status: 'sent',
  reason: null,
  isCounted: true,
  attempts: [{ attempt: 1, outcome: 'accepted' }],
  ...fields,
});
const send = (callbackId = 'm1', number = '420777000001', at = 1_000) => ({ callbackId, number, at });
const ledger = (fields: Partial<Ledger> = {}): Ledger => ({
  approved: ['m1'],
  sends: [send()],
  histories: [history()],
  optOuts: [],
  callMayTakeMs: 100,
  ...fields,
});
const dead = history({
  status: 'dead',
  reason: 'no',
  isCounted: false,
  attempts: [{ attempt: 1, outcome: 'final' }],
});
const unknown = { attempt: 1, outcome: 'uncertain' };

describe('The auditor', () => {
  it.each([
    ['that is sent', ledger()],
    ['that is dead, with its reason', ledger({ sends: [], histories: [dead] })],
    [
      'of which nobody knows, and says so',
      ledger({ histories: [history({ status: 'uncertain', reason: 'no answer', attempts: [unknown] })] }),
    ],
    ['that was settled by a status', ledger({ histories: [history({ attempts: [unknown] })] })],
    [
      'that was on its way when the member said no',
      ledger({ optOuts: [{ number: '420777000001', at: 950 }] }),
    ],
  ])('finds nothing in a message %s', (_, clean) => {
    expect(audit(clean)).toEqual(NOTHING);
  });

  it.each([
    ['lost', 'that vanished', ledger({ sends: [], histories: [] })],
    [
      'lost',
      'that still waits',
      ledger({ sends: [], histories: [history({ status: 'queued', isCounted: false })] }),
    ],
    ['lost', 'that ended without a reason', ledger({ sends: [], histories: [{ ...dead, reason: null }] })],
    ['twice', 'that the provider took twice', ledger({ sends: [send(), send()] })],
    [
      'twice',
      'and another to the same person',
      ledger({ sends: [send(), send('m2')], histories: [history(), history({ messageId: 'm2' })] }),
    ],
    ['silent', 'that is called sent and was not', ledger({ sends: [] })],
    ['silent', 'that was sent and is called dead', ledger({ histories: [dead] })],
    [
      'silent',
      'that was sent and counts for nothing',
      ledger({ histories: [history({ isCounted: false })] }),
    ],
    ['silent', 'that the club knows nothing of', ledger({ sends: [send(), send('m9', '420777000009')] })],
    [
      'unflagged',
      'that was tried again although nobody knew',
      ledger({ histories: [history({ attempts: [unknown, { attempt: 2, outcome: 'accepted' }] })] }),
    ],
    [
      'unflagged',
      'of which nobody knows and that is called dead',
      ledger({ sends: [], histories: [{ ...dead, attempts: [unknown] }] }),
    ],
    ['unflagged', 'with an attempt that is not kept', ledger({ histories: [history({ attempts: [] })] })],
    ['unwanted', 'to somebody who had said no', ledger({ optOuts: [{ number: '420777000001', at: 899 }] })],
  ] as const)('finds "%s" in a message %s', (kind, _, broken) => {
    expect(audit(broken)[kind]).not.toEqual([]);
  });
});
