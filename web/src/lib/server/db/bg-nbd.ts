import { z } from 'zod';
import type { Forecast } from '#lib/forecast.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';

const basis = z.enum(['own', 'pooled']);

const forecasts = z.array(
  z.object({
    client_id: number,
    frequency: number,
    probability_alive: z.number().nullable(),
    expected_visits_30d: z.number().nullable(),
    basis: basis.nullable(),
  }),
);
const FORECAST = forecasts.element.keyof().options.join(', ');

/** What is foretold of these clients as of a day, by their id; of one who never visited, nothing. */
export async function readForecasts(
  api: Api,
  clubId: number,
  asOf: string,
  clientIds: number[],
): Promise<Record<number, Forecast>> {
  const answer = await api
    .rpc('bg_nbd', { p_club_id: clubId, p_as_of: asOf, p_client_ids: clientIds })
    .select(FORECAST);
  const rows = read('api.bg_nbd', answer, forecasts);
  return Object.fromEntries(rows.map((row) => [row.client_id, row]));
}

const states = z.array(
  z.object({
    fit_id: number.nullable(),
    basis: basis.nullable(),
    fitted_at: instant.nullable(),
    has_converged: z.boolean().nullable(),
    repeat_clients: number.nullable(),
    repeat_clients_needed: number,
    explanation: z.string(),
  }),
);
export type BgNbdState = z.infer<typeof states>[number];

/** What a club's forecasts rest on; null for a club the person is not in. */
export async function readBgNbdState(api: Api, clubId: number): Promise<BgNbdState | null> {
  const answer = await api.rpc('bg_nbd_state', { p_club_id: clubId });
  return read('api.bg_nbd_state', answer, states)[0] ?? null;
}

const fits = z.array(
  z.object({
    fit_id: number,
    fitted_at: instant,
    as_of: date,
    holdout_until: date,
    basis,
    clients: number,
    repeat_clients: number,
    r: z.number(),
    alpha: z.number(),
    a: z.number(),
    b: z.number(),
    has_converged: z.boolean(),
  }),
);
export type BgNbdFit = z.infer<typeof fits>[number];

const FIT = fits.element.keyof().options.join(', ');

/** The newest fits of a club, the one its forecasts rest on first. */
export async function readBgNbdFits(api: Api, clubId: number, limit: number): Promise<BgNbdFit[]> {
  const answer = await api
    .from('bg_nbd_fits')
    .select(FIT)
    .eq('club_id', clubId)
    .order('fit_id', { ascending: false })
    .limit(limit);
  return read('api.bg_nbd_fits', answer, fits);
}

const calibration = z.array(
  z.object({
    decile: number,
    clients: number,
    predicted_visits: z.number(),
    actual_visits: z.number(),
    predicted_active: z.number(),
    actual_active: z.number(),
  }),
);
export type CalibrationTenth = z.infer<typeof calibration>[number];

const TENTH = calibration.element.keyof().options.join(', ');

/** What a fit foretold beside what happened, for each tenth of the clients, fewest visits foretold first. */
export async function readCalibration(api: Api, clubId: number, fitId: number): Promise<CalibrationTenth[]> {
  const answer = await api
    .from('bg_nbd_calibrations')
    .select(TENTH)
    .eq('club_id', clubId)
    .eq('fit_id', fitId)
    .order('decile');
  return read('api.bg_nbd_calibrations', answer, calibration);
}
