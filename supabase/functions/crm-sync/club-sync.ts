// One club: reads what is due in its lanes, and brings rollup and segments up to date when the facts are whole.
import type { Entity } from '../../../shared/booking/entity.ts';
import type { CardReport } from './cards.ts';
import { hasFacts } from './due.ts';
import { readFigures } from './figures.ts';
import type { FiguresReport } from './figures.ts';
import { settleHints } from './hints.ts';
import { mayPass, syncLane } from './lane-sync.ts';
import type { LaneReport, LaneSyncDeps } from './lane-sync.ts';
import type { ListingReport } from './listing.ts';
import type { Lane, SyncTarget } from './mirror.ts';
import { Pace } from './pace.ts';

export const LANES: readonly Lane[] = ['changes', 'full'];

export interface ClubReport {
  club_id: number;
  complete: boolean;
  listings: ListingReport[];
  /** Membership cards of touched clients. */
  cards?: CardReport;
  /** What the platform hinted at: how many hints were looked into, and how many rows that changed. */
  hints?: { settled: number; changed: number };
  /** Null while the facts are not whole. */
  changed_segments: number | null;
  /** What the platform does not let us read, and numbers do without: staff, offers, cards; the listing is tried again later. */
  not_read?: LaneReport['notRead'];
  /** The platform's own numbers, asked for at the end of a rebuild: which were stored beside ours, and why others were not. */
  figures?: FiguresReport;
  error?: string;
  /** Whether calling again is of no use until somebody has done what the error says. */
  needs_person?: boolean;
}

export class ClubSync {
  readonly #deps: LaneSyncDeps;
  readonly #target: SyncTarget;
  readonly #isFullWanted: boolean;
  readonly #lanes = new Map<Lane, LaneReport>();
  readonly #errors: Error[] = [];
  #hints: ClubReport['hints'];
  #changedSegments: number | null = null;
  #figures: FiguresReport | undefined;

  /** `isFullWanted`: the caller wants to see the full lane read to its end, not only what changed. */
  constructor(deps: LaneSyncDeps, target: SyncTarget, isFullWanted: boolean) {
    this.#deps = { ...deps, log: deps.log.with({ club_id: target.club_id }) };
    this.#target = target;
    this.#isFullWanted = isFullWanted;
  }

  /** Looks into what the platform hinted at, and lists what it cannot be asked for row by row. */
  async followHints(): Promise<void> {
    const pace = new Pace(this.#deps, this.#deps.rate, 'interactive', this.#deps.budget);
    const provider = this.#deps.openProvider(this.#target, pace.send);
    const hints = await settleHints({ ...this.#deps, provider }, this.#target);
    this.#hints = { settled: hints.settled, changed: hints.changed };
    this.#errors.push(...hints.errors);
    this.#changedSegments = hints.changedSegments;
    for (const lane of LANES) await this.read(lane, hints.wanted);
  }

  /** Reads a lane as far as the budget goes; what went wrong is told in the report. `wanted`: only these entities, at once. */
  async read(lane: Lane, wanted?: readonly Entity[]): Promise<void> {
    // The tick does not wait for a rebuild that another run is reading, nor a hint for the tick.
    const isPatient = !wanted && (lane === 'changes' || this.#isFullWanted || !hasFacts(this.#target));
    const read = await syncLane(this.#deps, this.#target, lane, { isPatient, wanted });
    // Then somebody else reads it, and this run has nothing to tell of it.
    if (read.isElsewhere && !isPatient) return;
    this.#lanes.set(lane, read);
    this.#errors.push(...read.errors);
    if (read.hasFailedFacts || read.isElsewhere) return;
    if (read.listings.length > 0) {
      this.#changedSegments = await this.#deps.mirror.finish(this.#target.club_id);
    }
    const isRebuilt = lane === 'full' && !wanted && this.#target.rebuild !== null && read.complete;
    if (isRebuilt) await this.#compareFigures();
  }

  async #compareFigures(): Promise<void> {
    const pace = new Pace(this.#deps, this.#deps.rate, 'rebuild', this.#deps.budget);
    const { figures } = this.#deps.openProvider(this.#target, pace.send);
    if (figures) this.#figures = await readFigures({ ...this.#deps, figures }, this.#target);
  }

  report(): ClubReport {
    const lanes = [...this.#lanes.values()];
    const errors = this.#errors;
    const notRead = Object.assign({}, ...lanes.map((lane) => lane.notRead)) as LaneReport['notRead'];
    const cards = this.#lanes.get('changes')?.cards;
    const report: ClubReport = {
      club_id: this.#target.club_id,
      complete: errors.length === 0 && this.#isRead('changes') && this.#isRead('full'),
      listings: lanes.flatMap(({ listings }) => listings),
      ...(cards ? { cards } : {}),
      ...(this.#hints ? { hints: this.#hints } : {}),
      changed_segments: this.#changedSegments,
      ...(Object.keys(notRead).length > 0 ? { not_read: notRead } : {}),
      ...(this.#figures ? { figures: this.#figures } : {}),
    };
    const { log } = this.#deps;
    if (errors.length === 0) {
      log.info('synced', { complete: report.complete, listings: report.listings, not_read: report.not_read });
      return report;
    }
    report.error = errors.map(({ message }) => message).join(' ');
    report.needs_person = !errors.every(mayPass);
    log.warn('sync_stopped', { reason: report.error });
    return report;
  }

  /** A rebuild goes on beside the ticks: whoever asked for changes has them, once the club's facts are whole. */
  #isRead(lane: Lane): boolean {
    const isWhole = this.#lanes.get(lane)?.complete ?? true;
    const isBackground = lane === 'full' && !this.#isFullWanted;
    return isWhole || (isBackground && (hasFacts(this.#target) || this.#changedSegments !== null));
  }
}
