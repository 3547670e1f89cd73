import { formatDecimal, formatShare } from '#lib/format/number.ts';
import type { Forecast, ForecastBasis } from '#lib/forecast.ts';

const bases: Record<ForecastBasis, string> = {
  own: 'Learned from this club’s own clients.',
  pooled: 'Learned from all clubs together, for this one has too few clients who came back.',
};

/** What is foretold of one client, in short: of somebody with one visit nobody can say whether they stay. */
export function aliveText(forecast: Forecast | undefined): string {
  if (!forecast || forecast.probability_alive === null) return '–';
  return forecast.frequency === 0 ? bgNbdWords.oneVisit : formatShare(forecast.probability_alive);
}

export function visitsText(forecast: Forecast | undefined): string {
  const visits = forecast?.expected_visits_30d ?? null;
  if (visits === null) return '–';
  return visits > 0 && visits < 0.05 ? '< 0.1' : formatDecimal(visits);
}

export const bgNbdWords = {
  title: 'How far to trust the forecast',
  oneVisit: 'one visit only',
  lead: 'From how often and how recently each client came we foretell whether they are still active, and how often they will come in the next 30 days. Here is how well that worked.',
  bases,
  none: 'No forecast yet: it is worked out once a week, from the first complete sync on.',
  never: 'They have never visited: there is nothing to foretell from.',
  alive: (forecast: Forecast) =>
    forecast.frequency === 0
      ? 'They came once. One visit does not tell whether they stay: the forecast takes them as active.'
      : `The chance that they are still active: ${formatShare(forecast.probability_alive ?? 0)}.`,
  visits: (forecast: Forecast) => `Visits expected in the next 30 days: ${visitsText(forecast)}.`,
  basis: 'What it rests on',
  fitted: (when: string) => `Worked out ${when}`,
  calibration: {
    title: 'Foretold and happened',
    lead: (from: string, until: string) =>
      `We took what was known on ${from}, foretold the 30 days until ${until}, and compared. Every client is in one of ten groups, from those of whom the least was expected to those of whom the most was.`,
    table: 'What was foretold and what happened, by tenth of the clients',
    columns: {
      decile: 'Group',
      clients: 'Clients',
      predictedVisits: 'Visits each, foretold',
      actualVisits: 'Visits each, happened',
      predictedActive: 'Came at all, foretold',
      actualActive: 'Came at all, happened',
    },
    first: '1, least expected',
    last: '10, most expected',
    all: 'All',
    none: 'There is no comparison yet.',
  },
  parameters: {
    title: 'For those who know the model',
    lead: 'BG/NBD (Fader, Hardie and Lee, 2005). Each client visits at a rate a day drawn from Gamma(r, α), and after each visit stays away for good with a chance drawn from Beta(a, b).',
    columns: { fitted: 'Worked out', basis: 'From', repeat: 'Repeat clients' },
    basis: { own: 'this club', pooled: 'all clubs' },
    unsettled: 'did not settle',
    table: 'The parameters of the latest fits',
  },
};
