import { beforeAll, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();
let campaign: Campaign;
let owner: string;

const PETRA = 7001;

beforeAll(async () => {
  campaign = await Campaign.start(await clubs.open());
  owner = await operator(clubs.sql, campaign.club.id, 'owner');
  for (const name of ['eva', 'jan', 'olga']) await campaign.member(name);
  await campaign.plan();
  await campaign.write();
  await clubs.sql`select core.note_telegram_name(${campaign.club.id}, ${PETRA}, 'Petra', ${campaign.now})`;
});

/** What the dashboard asks first: those that wait, those put off last. */
const waiting = () =>
  asPerson(
    clubs.sql,
    owner,
    (sql) => sql`
      select member, snoozed_until, snoozed_by_name from api.drafts
      where club_id = ${campaign.club.id} and status = 'pending'
      order by snoozed_until nulls first, expires_at, draft_id`,
  );

async function snooze(name: string, until: string): Promise<void> {
  await clubs.sql`
    update campaigns.drafts set snoozed_until = ${until}, snoozed_by = ${`telegram:${PETRA}`}
    where club_id = ${campaign.club.id} and draft_id = ${(await campaign.draft(name))!.id}`;
}

it('what was put off is listed last, with until when and by whom, and only until then', async () => {
  await snooze('eva', '2999-01-01T08:00:00Z');
  await snooze('jan', '2026-06-15T11:00:00Z');
  const rows = await waiting();
  expect(rows.at(-1)).toEqual({
    member: 'eva',
    snoozed_until: new Date('2999-01-01T08:00:00Z'),
    snoozed_by_name: 'Petra',
  });
  // Of what is over nothing is said.
  expect(rows.find(({ member }) => member === 'jan')).toEqual({
    member: 'jan',
    snoozed_until: null,
    snoozed_by_name: null,
  });
});

it('a decision is shown with the name of who took it, whichever way it went', async () => {
  const decide = async (name: string, decision: string, actor: string, reason: string | null) =>
    clubs.sql`
      select outbox.decide_draft(
        ${campaign.club.id}, ${(await campaign.draft(name))!.id}, 1, ${decision}, ${actor}, ${reason}, ${campaign.now}
      )`;
  await decide('jan', 'rejected', `telegram:${PETRA}`, 'wrong_time');
  await decide('olga', 'approved', `operator:${owner}`, null);
  const [rejected] = await asPerson(
    clubs.sql,
    owner,
    (sql) => sql`
      select member, decided_by_name, decision_reason from api.drafts
      where club_id = ${campaign.club.id} and status = 'rejected'`,
  );
  expect(rejected).toEqual({ member: 'jan', decided_by_name: 'Petra', decision_reason: 'wrong_time' });
  const messages = await asPerson(
    clubs.sql,
    owner,
    (sql) => sql`select member, decided_by_name from api.messages where club_id = ${campaign.club.id}`,
  );
  expect(messages).toEqual([{ member: 'olga', decided_by_name: 'owner' }]);
});
