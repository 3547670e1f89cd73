import { error } from '@sveltejs/kit';
import { NUMBERS } from '#lib/freshness.ts';
import { readBgNbdFits, readBgNbdState, readCalibration } from '#lib/server/db/bg-nbd.ts';
import { frame } from '#lib/words/frame.ts';
import type { PageServerLoad } from './$types';

const FITS_SHOWN = 8;

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NUMBERS);
  const [state, fits] = await Promise.all([readBgNbdState(api, club), readBgNbdFits(api, club, FITS_SHOWN)]);
  if (!state) error(404, frame.notFound.title);
  const current = fits.find(({ fit_id }) => fit_id === state.fit_id) ?? null;
  return { state, fits, current, tenths: current ? await readCalibration(api, club, current.fit_id) : [] };
};
