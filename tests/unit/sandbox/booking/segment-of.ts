// The definitions' segments, computed the plain way from generated rows: an oracle that shares no code with the generator.
import type { Club } from '../../../../stack/sandbox/booking/club.ts';

export type ClientFacts = {
  id: number;
  segment: string;
  visits: number;
  sinceLast: number;
  sinceFirst: number;
  hasFuture: boolean;
  passedMilestone: boolean;
};

const PERSONAL = [121, 122, 123];
const dayOf = (wall: string) => Date.parse(`${wall.slice(0, 10)}T00:00:00Z`) / 86_400_000;
const count = (list: number[], from: number, to: number) =>
  list.filter((ago) => ago >= from && ago <= to).length;

/** What the definitions say of every client on the day the club was generated for. */
export function factsOf(club: Club): ClientFacts[] {
  const today = dayOf(club.today);
  const ltv = new Map<number, number>();
  for (const { clientId, amount, deleted } of club.transactions) {
    if (clientId !== null && deleted === 0) ltv.set(clientId, (ltv.get(clientId) ?? 0) + amount);
  }
  const paying = [...ltv.values()].filter((sum) => sum > 0).sort((one, other) => one - other);
  const threshold = paying[Math.ceil(paying.length * 0.9) - 1] ?? Infinity;
  const members = new Set(club.memberships.map(({ clientId }) => clientId));
  return club.clients.map(({ payload: { id } }) => {
    const own = club.records.filter(({ clientId, deleted }) => clientId === id && deleted === 0);
    const came = own.filter(({ attendance, date }) => attendance === 1 && dayOf(date) <= today);
    const ago = came.map(({ date }) => today - dayOf(date)).sort((one, other) => one - other);
    const personal = came
      .filter(({ services }) =>
        (JSON.parse(services) as [number][]).some(([service]) => PERSONAL.includes(service)),
      )
      .map(({ date }) => today - dayOf(date));
    const isVip = (ltv.get(id) ?? 0) >= threshold;
    const weekAgo = ago.filter((days) => days >= 7).length;
    return {
      id,
      segment: segmentOf(ago, personal, isVip, members.has(id)),
      visits: ago.length,
      sinceLast: ago[0] ?? Infinity,
      sinceFirst: ago.at(-1) ?? Infinity,
      hasFuture: own.some(({ date }) => dayOf(date) > today),
      passedMilestone: [10, 25, 50, 100, 200, 500].some((mark) => ago.length >= mark && weekAgo < mark),
    };
  });
}

function segmentOf(ago: number[], personal: number[], isVip: boolean, isMember: boolean): string {
  const last = ago[0];
  if (last === undefined) return 'unsegmented';
  const lastPersonal = Math.min(...personal);
  if (isVip && last < 60) return 'vip';
  if (personal.length >= 2 && lastPersonal >= 31 && lastPersonal <= 120 && last < 60) return 'pt_cancelled';
  if (ago.length === 1 && !isMember && last >= 7 && last <= 179) return 'trial_dropoff';
  if (last >= 365) return 'lost';
  if (last >= 180) return 'nearly_lost';
  if (last >= 60) return 'going_silent';
  const recent = count(ago, 0, 29);
  const previous = count(ago, 30, 59);
  const cadence = cadenceOf(ago);
  const isLate = cadence !== null && last >= Math.max(10, 3 * cadence);
  if (last >= 21 || (previous >= 3 && 2 * recent <= previous) || isLate) return 'at_risk';
  return recent >= 3 ? 'regular' : 'unsegmented';
}

function cadenceOf(ago: number[]): number | null {
  const dates = [...new Set(ago.filter((days) => days <= 179))];
  if (dates.length < 5) return null;
  const gaps = dates
    .slice(1)
    .map((days, index) => days - (dates[index] as number))
    .sort((one, other) => one - other);
  const middle = Math.floor(gaps.length / 2);
  const upper = gaps[middle] as number;
  return gaps.length % 2 === 1 ? upper : (upper + (gaps[middle - 1] as number)) / 2;
}
