import { isBefore } from './storm-journal.ts';
import type { Fact, Journal, Span } from './storm-journal.ts';
import type { Sent } from './storm-checker.ts';
import { CHURN, holdoutDraw, isQuiet, localDay, stateDuring } from './storm-rules.ts';
import type { Histories, Rules } from './storm-rules.ts';

type Found = Generator<[rule: string, why: string]>;

/** Who said no: by phone until the call itself, and as a person, whatever their phone is by now, until the claim. */
function* optOutChecks(sent: Sent, journal: Journal, histories: Histories): Found {
  const sharers = histories.sharers(sent.phone, sent.claim) ?? [];
  for (const optOut of journal.of('opt_out')) {
    const persons = histories.sharers(optOut.phone, optOut) ?? [];
    const isHer = optOut.phone === sent.phone || persons.includes(sent.client);
    if (isHer && isBefore(optOut, sent.start)) yield ['suppressed', `${optOut.phone} opted out`];
    else if (isBefore(optOut, sent.claim) && sharers.some((sharer) => persons.includes(sharer)))
      yield ['suppressed', `${optOut.phone} opted out, and shares the phone`];
  }
  const consent = stateDuring(
    journal.of('consent').filter(({ client }) => client === sent.client),
    sent.claim,
  );
  if (consent && consent !== 'nothing' && !consent.isGiven) yield ['no_consent', 'withdrawn'];
  const phone = histories.phone(sent.client, sent.claim);
  if (phone !== undefined && phone !== sent.phone) yield ['no_phone', `${sent.phone} is not ${phone}`];
}

/** From planning on, any visit or booking since; and a booking for a later day, whenever it was made. */
function* returnChecks(sent: Sent, journal: Journal, histories: Histories, plans: Fact<'plan'>[]): Found {
  if (!CHURN.has(sent.scenario)) return;
  const known = histories
    .visits(sent.client)
    .filter((visit) => plans.some((plan) => visit.from < plan.until));
  const lastDay = Math.max(...known.map(({ day }) => day));
  const visit = histories
    .visits(sent.client)
    .find(
      (visit) =>
        visit.day > lastDay && plans.every((plan) => isBefore(plan, visit)) && isBefore(visit, sent.claim),
    );
  if (visit)
    yield [
      'came_back',
      `visited on ${visit.day}, last known ${lastDay}, planned on ${localDay(sent.plannedAt)}`,
    ];
  const booking = journal
    .of('booking')
    .find(
      (booking) =>
        booking.client === sent.client &&
        isBefore(booking, sent.claim) &&
        (booking.day > localDay(sent.claim.at) || booking.madeAt >= sent.plannedAt),
    );
  if (booking)
    yield ['came_back', `booked for ${booking.day} at ${booking.madeAt - sent.plannedAt} ms since planning`];
}

/** In moderation a person must have approved these very words. */
function* approvalChecks(sent: Sent, journal: Journal, plans: Fact<'plan'>[]): Found {
  if (sent.campaign !== null) return;
  const modeOf = (scenario: string | null, plan: Fact<'plan'>) =>
    stateDuring(
      journal.of('mode').filter((mode) => mode.scenario === scenario),
      plan,
    );
  const modes = plans.map((plan) => {
    const own = modeOf(sent.scenario, plan);
    const club = modeOf(null, plan);
    if (own === undefined || club === undefined) return undefined;
    return (own === 'nothing' ? null : own.mode) ?? (club === 'nothing' ? null : club.mode);
  });
  const approvals = journal
    .of('approval')
    .filter((fact) => fact.draft === sent.draft && fact.from < sent.claim.until);
  if (modes.every((mode) => mode === 'moderation') && approvals.length === 0)
    yield ['unapproved', `in moderation nobody approved ${sent.draft}`];
  const words =
    approvals.length > 0 ? approvals : journal.of('wording').filter((fact) => fact.draft === sent.draft);
  if (!words.some(({ message }) => message === sent.text)) yield ['altered', `nobody wrote “${sent.text}”`];
}

/** What holds the club, its scenario or its template. */
function* holdChecks(sent: Sent, journal: Journal, rules: Rules, plans: Fact<'plan'>[]): Found {
  const { claim } = sent;
  if (isQuiet(claim.at)) yield ['quiet_hours', new Date(claim.at).toISOString()];
  const pause = stateDuring(journal.of('pause'), claim);
  if (pause && pause !== 'nothing' && pause.isPaused) yield ['paused', 'sending was paused'];
  const synced = journal.of('sync').filter((sync) => sync.from < claim.until);
  if (claim.at - Math.max(...synced.map(({ at }) => at)) > rules.staleAfterMs)
    yield ['stale_data', 'the mirror was old'];
  const template = stateDuring(
    journal.of('template').filter(({ name }) => name === sent.template),
    claim,
  );
  if (template && template !== 'nothing' && !template.isApproved) yield ['no_template', sent.template];
  const switches = journal.of('switch').filter(({ scenario }) => scenario === sent.scenario);
  // Switched off while it waited, it is void; planned while it was off, it never should have been.
  const isOff = (span: Span) => {
    const state = stateDuring(switches, span);
    return state !== undefined && state !== 'nothing' && !state.isOn;
  };
  if (isOff(claim) || plans.every(isOff)) yield ['switched_off', sent.scenario];
}

export function* claimChecks(sent: Sent, journal: Journal, rules: Rules, histories: Histories): Found {
  // The plannings whose clock showed the very moment of the draft: one of them made it.
  const plans = journal.of('plan').filter(({ at }) => at === sent.plannedAt);
  if (plans.length === 0) {
    yield ['unplanned', 'nobody planned then'];
    return;
  }
  yield* optOutChecks(sent, journal, histories);
  yield* returnChecks(sent, journal, histories, plans);
  yield* approvalChecks(sent, journal, plans);
  yield* holdChecks(sent, journal, rules, plans);
  const main = histories.sharers(sent.phone, sent.claim)?.[0];
  const experiment = sent.campaign === null ? sent.scenario : `${sent.scenario}/${sent.campaign}`;
  if (main && holdoutDraw(rules.club, experiment, main, sent.claim.at) < rules.holdoutShare)
    yield ['holdout', `${main} is in the control group`];
}
