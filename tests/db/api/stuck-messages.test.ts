import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();

const read = (club: Club, person: string | null) =>
  asPerson(
    clubs.sql,
    person,
    (sql) => sql`
      select member, purpose, occasion, language, status, status_reason, error_code, attempts::int, expires_at, last_attempt_at
      from api.stuck_messages where club_id = ${club.id} order by status`,
  );

it('shows what is dead and what is uncertain, with its cause, and nothing that goes its way', async () => {
  const post = await Post.queued(await clubs.open(), ['eva', 'jan', 'petr']);
  const { club } = post.campaign;
  const [dead, uncertain, sent] = await post.claim();
  for (const claim of [dead!, uncertain!, sent!]) await post.start(claim);
  await post.settle(dead!, {
    ...{ outcome: 'final', action: 'none', error_code: 132000, error: 'The number of parameters is wrong.' },
  });
  await post.settle(uncertain!, { outcome: 'uncertain', error: 'There was no answer within 25 seconds.' });
  await post.settle(sent!, { outcome: 'accepted', wamid: 'wamid.1' });
  const row = {
    ...{ purpose: 'campaign', occasion: expect.any(String), language: 'cs', attempts: 1 },
    ...{ expires_at: expect.any(Date), last_attempt_at: expect.any(Date) },
  };
  expect(await read(club, await operator(clubs.sql, club.id, 'operator'))).toEqual([
    expect.objectContaining({
      ...{ ...row, status: 'dead', error_code: 132000 },
      status_reason: 'The number of parameters is wrong.',
    }),
    expect.objectContaining({
      ...{ ...row, status: 'uncertain', error_code: null },
      status_reason: 'There was no answer within 25 seconds.',
    }),
  ]);
});

it('shows a stranger nothing, and anonymous finds no view', async () => {
  const post = await Post.queued(await clubs.open());
  const claim = await post.claimOne();
  await post.start(claim);
  await post.settle(claim, { outcome: 'uncertain', error: 'There was no answer.' });
  const stranger = await operator(clubs.sql, (await clubs.open()).id, 'owner');
  expect(await read(post.campaign.club, stranger)).toEqual([]);
  await expect(read(post.campaign.club, null)).rejects.toThrow('permission denied');
});
