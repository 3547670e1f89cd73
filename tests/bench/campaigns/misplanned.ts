import type { Bench } from '../club/bench.ts';

/** Whose stored draft or skip is not what the candidates of the instant say, in words. */
export async function misplanned({ owner, clubId }: Bench, day: string): Promise<string[]> {
  const [found] = await owner<{ differ: number; stored: number }[]>`
    with stored as (
      select client_id, scenario, null as reason from campaigns.drafts where club_id = ${clubId}
      union all
      select client_id, scenario, reason from campaigns.skips where club_id = ${clubId} and skipped_date = ${day}
    ),
    candidate as materialized (
      select client_id, scenario, skip_reason
      from campaigns.evaluate(${clubId}, ${day}, ${`${day}T12:00:00Z`})
      -- Whoever has today's draft is a candidate for something else by now, at most for tomorrow.
      where client_id not in (select client_id from campaigns.drafts where club_id = ${clubId})
      union all
      select client_id, scenario, null from campaigns.drafts where club_id = ${clubId}
    )
    select
      count(*) filter (where stored.client_id is null or candidate.client_id is null
        or (stored.scenario, stored.reason) is distinct from (candidate.scenario, candidate.skip_reason))::int as differ,
      count(stored.client_id)::int as stored
    from stored
    full join candidate using (client_id)`;
  const { differ, stored } = found!;
  if (stored === 0) return ['nothing was planned or skipped'];
  return differ === 0 ? [] : [`the stored plans of ${differ} of ${stored} clients`];
}
