import { describe, expect, it } from 'vitest';
import { violations } from './storm-checker.ts';
import { Journal } from './storm-journal.ts';
import type { Change, Purpose } from './storm-journal.ts';
import { dayOf, holdoutDraw } from './storm-rules.ts';
import type { Rules } from './storm-rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-12-10T11:00:00Z');
const TODAY = dayOf('2026-12-10');

/** Two of whom nobody is in the control group of any scenario. */
const [EVA, JAN] = Array.from({ length: 200 }, (_, index) => `client-${index}`).filter((client) =>
  ['birthday', 'reactivation', 'pt_dropout'].every(
    (scenario) => holdoutDraw(1, scenario, client, NOON) >= 0.2,
  ),
) as [string, string];

/** A story told in order: what is told first was over before the next began. */
class Told {
  readonly journal = new Journal();
  readonly purposes: Purpose[] = [];
  readonly rules: Rules = {
    ...{ club: 1, holdoutShare: 0.2, cap: 2, dailyLimit: 100, staleAfterMs: HOUR },
    ...{ knownLongest: [EVA, JAN], ltv: new Map() },
  };
  #place = 0;

  constructor() {
    for (const [index, client] of [EVA, JAN].entries()) {
      this.journal.given({ kind: 'phone', client, phone: `+42060000000${index}` });
      this.journal.given({ kind: 'visit', client, day: TODAY - 94, isPersonal: false });
      this.journal.given({ kind: 'visit', client, day: TODAY - 100, isPersonal: false });
    }
    this.journal.given({ kind: 'mode', scenario: null, mode: 'notification' });
  }

  span(at: number) {
    return { from: (this.#place += 1), until: (this.#place += 1), at };
  }

  then(change: Change, at = NOON): this {
    this.journal.note(this.span(at), change);
    return this;
  }

  plan(at = NOON): this {
    return this.then({ kind: 'plan' }, at);
  }

  sent(fields: Partial<Purpose> = {}, at = NOON, phone = '+420600000000', text = 'Words.'): this {
    const message = `message-${this.purposes.length}`;
    const draft = `draft-${this.purposes.length}`;
    this.then({ kind: 'sync' }, at).then({ kind: 'wording', draft, message: 'Words.' }, at);
    const purpose = { client: EVA, scenario: 'reactivation', campaign: null, occasion: 'away' };
    this.purposes.push({ message, draft, plannedAt: NOON, ...purpose, ...fields });
    const spans = { claim: this.span(at), start: this.span(at) };
    this.journal.sends.push({ message, phone, template: 'reactivation_v1', text, ...spans });
    return this;
  }

  get broken(): string[] {
    return violations(this.journal, this.purposes, this.rules).map(({ rule }) => rule);
  }
}

const planned = () => new Told().plan();
const birthday = { scenario: 'birthday', occasion: 'birthday' };

describe('the checker of the storm', () => {
  it('has nothing to say of a message as it should be', () => {
    expect(planned().sent().broken).toEqual([]);
    expect(planned().sent().sent({ client: JAN }, NOON, '+420600000001').broken).toEqual([]);
  });

  const stories: Record<string, () => Told> = {
    one_a_day: () => planned().sent().sent(birthday),
    frequency_cap: () =>
      planned()
        .sent({ ...birthday, occasion: '1' }, NOON - 29 * DAY)
        .sent({ scenario: 'milestone', occasion: '2' }, NOON - 15 * DAY)
        .sent({ scenario: 'milestone', occasion: '3' }),
    cooldown: () =>
      planned()
        .sent(birthday, NOON - 20 * DAY)
        .sent(),
    already_sent: () =>
      planned()
        .sent({}, NOON - 40 * DAY)
        .sent(),
    daily_limit: () => {
      const told = planned().sent().sent({ client: JAN }, NOON, '+420600000001');
      told.rules.dailyLimit = 1;
      return told;
    },
    suppressed: () => planned().then({ kind: 'opt_out', phone: '+420600000000' }).sent(),
    no_consent: () => planned().then({ kind: 'consent', client: EVA, isGiven: false }).sent(),
    no_phone: () => planned().sent({}, NOON, '+420600000009'),
    came_back: () => planned().then({ kind: 'visit', client: EVA, day: TODAY, isPersonal: false }).sent(),
    unapproved: () => new Told().then({ kind: 'mode', scenario: null, mode: 'moderation' }).plan().sent(),
    altered: () => planned().sent({}, NOON, '+420600000000', 'Others.'),
    unplanned: () => new Told().sent(),
    quiet_hours: () => planned().sent({}, NOON + 9 * HOUR),
    paused: () => planned().then({ kind: 'pause', isPaused: true }).sent(),
    stale_data: () => {
      const told = planned().sent();
      const sync = told.journal.facts.find(({ kind }) => kind === 'sync')!;
      sync.at -= 2 * HOUR;
      return told;
    },
    no_template: () =>
      planned().then({ kind: 'template', name: 'reactivation_v1', isApproved: false }).sent(),
    switched_off: () =>
      new Told().then({ kind: 'switch', scenario: 'reactivation', isOn: false }).plan().sent(),
    holdout: () => {
      const told = planned().sent();
      told.rules.holdoutShare = 1;
      return told;
    },
  };

  it.each(Object.entries(stories))('finds %s', (rule, tell) => {
    expect(tell().broken).toEqual([rule]);
  });

  it('finds a message that went out twice', () => {
    const told = planned().sent();
    told.journal.sends.push({ ...told.journal.sends[0]!, claim: told.span(NOON), start: told.span(NOON) });
    expect(told.broken).toContain('sent_twice');
  });

  it('finds who said no between claim and call, and who shares a phone with one who did', () => {
    const late = planned().sent();
    late.journal.sends[0]!.claim.until = 90;
    late.journal.sends[0]!.start = { from: 93, until: 94, at: NOON };
    late.journal.note({ from: 91, until: 92, at: NOON }, { kind: 'opt_out', phone: '+420600000000' });
    expect(late.broken).toEqual(['suppressed']);
    const shared = planned()
      .then({ kind: 'opt_out', phone: '+420600000001' })
      .then({ kind: 'phone', client: JAN, phone: '+420600000000' });
    expect(shared.sent().broken).toEqual(['suppressed']);
  });

  it('gives the benefit of the doubt to what happened at the same time', () => {
    const told = planned().sent();
    const { claim } = told.journal.sends[0]!;
    const meanwhile = { ...claim, from: claim.from - 0.5, until: claim.until + 9 };
    told.journal.note(meanwhile, { kind: 'opt_out', phone: '+420600000000' });
    told.journal.note(meanwhile, { kind: 'visit', client: EVA, day: TODAY, isPersonal: false });
    told.journal.note(meanwhile, { kind: 'pause', isPaused: true });
    expect(told.broken).toEqual([]);
  });

  it('lets 720 hours end exactly where they began', () => {
    const told = (ms: number) =>
      planned()
        .sent({ ...birthday, occasion: '1' }, NOON - 720 * HOUR + ms)
        .sent({ scenario: 'milestone', occasion: '2' }, NOON - 15 * DAY)
        .sent({ scenario: 'milestone', occasion: '3' });
    expect(told(0).broken).toEqual([]);
    expect(told(1).broken).toEqual(['frequency_cap']);
  });
});
