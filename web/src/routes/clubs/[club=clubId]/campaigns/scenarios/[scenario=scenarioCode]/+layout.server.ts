import { NOW } from '#lib/freshness.ts';
import { readBacktestClients, readBacktestMonths, readBacktests } from '#lib/server/db/backtests.ts';
import type { LayoutServerLoad } from './$types';

const PEOPLE_SHOWN = 25;

// Apart from the page: how far a backtest is, is read every few seconds, and whom the scenario fits is not.
export const load: LayoutServerLoad = async ({
  locals: { api },
  params: { club, scenario },
  url,
  depends,
}) => {
  depends(NOW);
  const isTogether = url.searchParams.get('with') === 'others';
  const backtests = await readBacktests(api, club, isTogether ? null : scenario);
  const done = backtests.find(({ state }) => state === 'done');
  return {
    isTogether,
    running: backtests.find(({ state }) => state === 'running') ?? null,
    failed: backtests[0]?.state === 'failed' ? backtests[0] : null,
    found: done
      ? {
          backtest: done,
          months: await readBacktestMonths(api, club, done.backtest_id, scenario),
          people: await readBacktestClients(api, club, done.backtest_id, scenario, PEOPLE_SHOWN),
        }
      : null,
  };
};
