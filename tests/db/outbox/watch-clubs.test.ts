import { beforeEach, expect, it } from 'vitest';
import { template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();

let post: Post;
beforeEach(async () => {
  post = await Post.queued(await clubs.open());
  await clubs.sql`delete from outbox.alerts`;
});

const at = (minutes: number) => new Date(post.campaign.now.getTime() + minutes * 60_000);
const watch = (moment: Date) => clubs.sql`select outbox.watch_clubs(${moment})`;
/** The incidents that are open, as kind and subject. */
const open = async () => {
  const rows = await clubs.sql<{ is: string }[]>`
    select concat_ws(' ', kind, nullif(subject, '')) as is from outbox.alerts where ended_at is null order by 1`;
  return rows.map((row) => row.is);
};
const detail = async (kind: string) => {
  const [row] = await clubs.sql<{ detail: unknown }[]>`
    select detail from outbox.alerts where kind = ${kind} and ended_at is null`;
  return row?.detail;
};
/** Watches each minute, with the mirror kept fresh, as cron does. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await post.pass(60);
    await watch(post.campaign.now);
  }
}

it('A mirror that grew old is an incident until it is fresh again; a club that never synced has none', async () => {
  await post.claim();
  await clubs.sql`select core.create_club('New Fit', 'Europe/Prague', 'CZ', 'CZK', ${at(0)})`;
  await watch(at(60));
  expect(await open()).toEqual([]);
  await watch(at(61));
  expect(await open()).toEqual(['sync_stale']);
  await post.campaign.synced(at(61));
  await watch(at(62));
  expect(await open()).toEqual([]);
});

it('Messages that are due and that nobody comes for are an incident after a quarter of an hour', async () => {
  await pass(15);
  expect(await open()).toEqual([]);
  await pass(1);
  expect(await open()).toEqual(['queue_stuck']);
  await post.claim();
  await pass(1);
  expect(await open()).toEqual([]);
});

it('What waited for the night, a pause or the sync is not stuck when that ends', async () => {
  const { club } = post.campaign;
  await club.set({ sending_opens_at: '13:00' });
  await pass(59);
  await pass(1);
  expect(await open()).toEqual([]);
  await pass(14);
  expect(await open()).toEqual([]);
});

it('Messages that need a person are one incident with their number, which changes', async () => {
  const claim = await post.claimOne();
  await post.start(claim);
  await post.settle(claim, { outcome: 'uncertain', error: 'timeout' });
  await watch(at(1));
  expect(await detail('dead_letters')).toEqual({ dead: 0, uncertain: 1 });
  await clubs.sql`update outbox.messages set status = 'dead'`;
  await watch(at(2));
  expect(await detail('dead_letters')).toEqual({ dead: 1, uncertain: 0 });
  expect(await clubs.sql`select from outbox.alerts where kind = 'dead_letters'`).toHaveLength(1);
  // Their time is over: past mending.
  await clubs.sql`update campaigns.drafts set expires_at = ${at(3)}`;
  await watch(at(3));
  expect(await open()).toEqual([]);
});

it('A stopped template is an incident while a scenario that is on has no other, and over when it is needed no more', async () => {
  await post.claim();
  const { campaign } = post;
  await campaign.templates([template({ status: 'PAUSED' })]);
  await watch(at(1));
  expect(await open()).toEqual(['template_stopped reactivation_v1/cs']);
  await campaign.templates([template({ status: 'PAUSED' }), template({ name: 'reactivation_v2' })]);
  await watch(at(2));
  expect(await open()).toEqual([]);
  await campaign.templates([template({ status: 'PAUSED' })]);
  await clubs.sql`select campaigns.enable_scenario(${campaign.club.id}, 'reactivation', false, 'operator:eva', ${at(3)})`;
  await watch(at(3));
  expect(await open()).toEqual([]);
});
