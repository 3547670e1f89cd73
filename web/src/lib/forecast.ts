/** Whose clients the parameters of a forecast were learned from: the club's own, or those of all clubs. */
export type ForecastBasis = 'own' | 'pooled';

/** What is foretold of a client; null before anything was learned. */
export interface Forecast {
  client_id: number;
  /** Visits after the first. */
  frequency: number;
  probability_alive: number | null;
  expected_visits_30d: number | null;
  basis: ForecastBasis | null;
}
