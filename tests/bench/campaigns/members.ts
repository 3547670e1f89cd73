// What planning needs of the club besides its visits: phones, some of them shared, birthdays, consents and templates.
import type { Bench } from '../club/bench.ts';
import { LAST_DAY, NOW } from '../club/size.ts';

const SCENARIOS = ['birthday', 'milestone', 'pt_dropout', 'last_chance', 'reactivation'];

export async function makeReachable({ admin, clubId }: Bench): Promise<void> {
  await admin`set session_replication_role = replica`;
  // One in fifty has the phone of the client before them; one in ten has none.
  await admin`
    update crm.clients set
      phone = case
        when client_id % 10 = 3 then null
        when client_id % 50 = 0 then '+420' || (600000000 + client_id - 1)
        else '+420' || (600000000 + client_id)
      end,
      first_name = case when client_id % 7 > 0 then 'Eva' end,
      birth_date = case when client_id % 4 > 0 then date '1960-01-01' + (client_id * 37 % 18000)::integer end
    where club_id = ${clubId}`;
  await admin`
    insert into campaigns.consents (club_id, client_id, source, text_version, given_at)
    select club_id, client_id, 'form', 'v1', '2024-01-01' from crm.clients where club_id = ${clubId} and client_id % 5 > 0`;
  await admin`
    insert into campaigns.templates (
      club_id, name, language, scenario, category, accepted_category, status, body, parameters, components, synced_at
    )
    select ${clubId}, scenario || '_v1', 'cs', scenario, 'MARKETING', 'MARKETING', 'APPROVED',
      'Dobrý den z {{club}}! {{message}} Těšíme se na vás.', array['message', 'club'], '[]', ${NOW}
    from unnest(${SCENARIOS}::text[]) as scenario`;
  await admin`
    insert into crm.listings (club_id, entity, lane, completed_at, complete_until)
    select ${clubId}, entity, 'changes', ${NOW}, ${NOW}
    from unnest(array['clients', 'membership_sales', 'bookings', 'payments']) as entity`;
  await admin`set session_replication_role = origin`;
  await admin`vacuum (analyze)`;
}

/** What planning stored is forgotten. */
export async function forgetPlans({ admin, clubId }: Bench): Promise<void> {
  for (const table of ['drafts', 'skips', 'plan_runs']) {
    await admin`delete from ${admin(`campaigns.${table}`)} where club_id = ${clubId}`;
    await admin`vacuum (analyze) ${admin(`campaigns.${table}`)}`;
  }
}

export const today = `date '${LAST_DAY}'`;
export const now = `timestamptz '${NOW}'`;
