/** What the members, the desk, the platform and the operators do meanwhile. Each kind of fact has one writer. */
import { Club, clientRow } from '../club.ts';
import { SCENARIOS } from '../campaign.ts';
import { freshPhone, TEMPLATES } from './storm-club.ts';
import { localDay } from './storm-rules.ts';
import type { Job, Worker } from './storm-worker.ts';

const MINUTE_MS = 60_000;

let bookings = 0;

/** As the sync brings it, on this worker's connection. */
async function apply(worker: Worker, entity: string, row: (now: Date) => Record<string, unknown>) {
  const { span } = await worker.do(`crm.apply_rows of ${entity}`, (sql, now) =>
    new Club(sql, worker.club, '').apply(entity, [row(now) as never]),
  );
  return span;
}

const bookingRow = (client: string, status: string, startsAt: number, madeAt: number) => ({
  ...{ external_id: `storm-${(bookings += 1)}`, client_external_id: client, status, is_deleted: false },
  services: [{ external_id: 'group', title: 'Group class' }],
  starts_at: new Date(startsAt).toISOString(),
  made_at: new Date(madeAt).toISOString(),
});

/** Visits, marked as such within the hour or only the day after; bookings for later today or for the days to come. */
export const reception: Job = {
  name: 'reception',
  rounds: 16,
  async round(worker) {
    const { random, scene } = worker;
    const client = worker.member().name;
    if (random.chance(0.6)) {
      const late = random.chance(0.2) ? 24 * 60 : 0;
      let startsAt = 0;
      const span = await apply(worker, 'bookings', (now) => {
        startsAt = now.getTime() - (late + random.int(5, 60)) * MINUTE_MS;
        return bookingRow(client, 'attended', startsAt, startsAt - 1000 * MINUTE_MS);
      });
      scene.journal.note(span, { kind: 'visit', client, day: localDay(startsAt), isPersonal: false });
      return;
    }
    let startsAt = 0;
    let madeAt = 0;
    const span = await apply(worker, 'bookings', (now) => {
      madeAt = now.getTime();
      startsAt = madeAt + random.pick([random.int(10, 300), random.int(1000, 6000)]) * MINUTE_MS;
      return bookingRow(client, 'booked', startsAt, madeAt);
    });
    scene.journal.note(span, { kind: 'booking', client, day: localDay(startsAt), madeAt });
  },
};

/** Opt-outs, and consents that are withdrawn at the desk. */
export const objector: Job = {
  name: 'objector',
  rounds: 4,
  async round(worker) {
    const { random, scene, club } = worker;
    const { name } = worker.member();
    const phone = await scene.campaign.phoneOf(name);
    if (random.chance(0.7) && phone !== null) {
      const { span } = await worker.do(
        'outbox.withdraw',
        (sql, now) => sql`select outbox.withdraw(${club}, ${phone}, 'stop_word', 'member:whatsapp', ${now})`,
      );
      scene.journal.note(span, { kind: 'opt_out', phone });
      return;
    }
    const client = await scene.campaign.club.idOf(name);
    const { span } = await worker.do(
      'the withdrawal of a consent',
      (sql, now) => sql`
        update campaigns.consents set withdrawn_at = ${now}, withdrawn_by = 'desk'
        where club_id = ${club} and client_id = ${client} and withdrawn_at is null`,
    );
    scene.journal.note(span, { kind: 'consent', client: name, isGiven: false });
  },
};

/** New phones, and phones of others. */
export const phoneDesk: Job = {
  name: 'phone desk',
  rounds: 3,
  async round(worker) {
    const { random, scene } = worker;
    const { name, fields } = worker.member();
    const other = await scene.campaign.phoneOf(worker.member().name);
    const phone = random.chance(0.5) ? other : freshPhone(random.int(0, 1_000_000));
    const span = await apply(worker, 'clients', () => clientRow(name, { ...fields, phone }));
    scene.journal.note(span, { kind: 'phone', client: name, phone });
  },
};

const AUTOMATED = [...SCENARIOS];

async function turnMode(worker: Worker): Promise<void> {
  const { random, club, scene } = worker;
  const scenario = random.chance(0.4) ? null : random.pick(AUTOMATED);
  const mode = random.pick(
    scenario === null ? ['moderation', 'notification'] : ['moderation', 'notification', null],
  );
  const { span } = await worker.do(
    'campaigns.change_delivery_mode',
    (sql, now) =>
      sql`select campaigns.change_delivery_mode(${club}, ${scenario}, ${mode}, 'operator:storm', ${now})`,
  );
  scene.journal.note(span, { kind: 'mode', scenario, mode });
}

async function turnScenario(worker: Worker): Promise<void> {
  const scenario = worker.random.pick(AUTOMATED);
  const isOn = worker.random.chance(0.9);
  const { span } = await worker.do(
    'campaigns.enable_scenario',
    (sql, now) =>
      sql`select campaigns.enable_scenario(${worker.club}, ${scenario}, ${isOn}, 'operator:storm', ${now})`,
  );
  worker.scene.journal.note(span, { kind: 'switch', scenario, isOn });
}

async function turnTemplate(worker: Worker): Promise<void> {
  // The campaign's stays: without it the campaign would be over for good.
  const name = worker.random.pick(TEMPLATES.filter((known) => known !== 'offer_v1'));
  const isApproved = worker.random.chance(0.85);
  const { span } = await worker.do(
    'the mirror of a template',
    (sql, now) => sql`
      update campaigns.templates set status = ${isApproved ? 'APPROVED' : 'PAUSED'}, synced_at = ${now}
      where club_id = ${worker.club} and name = ${name}`,
  );
  worker.scene.journal.note(span, { kind: 'template', name, isApproved });
}

async function turnSending(worker: Worker): Promise<void> {
  const isPaused = worker.random.chance(0.2);
  const { span } = await worker.do(
    'the pause of sending',
    (sql, now) => sql`
      update core.settings set sending_paused_at = ${isPaused ? now : null} where club_id = ${worker.club}`,
  );
  worker.scene.journal.note(span, { kind: 'pause', isPaused });
}

export const operator: Job = {
  name: 'operator',
  rounds: 4,
  round: (worker) =>
    worker.random.pick([turnMode, turnMode, turnScenario, turnTemplate, turnSending])(worker),
};
