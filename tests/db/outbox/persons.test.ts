import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineScenario } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

/** Two approved messages in the queue, planned while the clients had a phone each; then the platform gives them one. */
async function family(): Promise<Post> {
  const post = await Post.queued(await clubs.open(), ['mother', 'child']);
  await post.campaign.club.client('child', { phone: await post.campaign.phoneOf('mother') });
  return post;
}

const statuses = async (post: Post) =>
  [(await post.message('mother')).status, (await post.message('child')).status].sort();

async function skips(post: Post) {
  return clubs.sql`select reason from campaigns.skips where club_id = ${post.campaign.club.id}`;
}

describe('two approved messages to one person', () => {
  it('are one: the first claimed is sent, the other is skipped with its reason', async () => {
    const post = await family();
    const claim = await post.claimOne();
    expect(await statuses(post)).toEqual(['cancelled', 'sending']);
    expect(await skips(post)).toEqual([{ reason: 'cooldown' }]);
    await post.start(claim);
    await post.settle(claim, { outcome: 'accepted', wamid: 'wamid.1' });
    await post.pass(24 * 3600);
    await post.campaign.plan();
    expect(await post.claim()).toEqual([]);
    expect(await statuses(post)).toEqual(['cancelled', 'sent']);
  });

  it('are one a day, though neither scenario nor club knows a cooldown', async () => {
    const post = await family();
    await clubs.sql`insert into campaigns.club_cooldowns values (${post.campaign.club.id}, 'going_silent', 0)`;
    expect(await post.claim()).toHaveLength(1);
    expect(await skips(post)).toEqual([{ reason: 'frequency_cap' }]);
  });

  it('are one for workers that claim at the same moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const post = await family();
      const workers = [1, 2, 3].map(() => postgres(clubs.database.url, { max: 1 }));
      try {
        const claims = await Promise.all(workers.map((sql) => post.claim({ sql, limit: 1 })));
        const later = await post.claim();
        expect([...claims.flat(), ...later]).toHaveLength(1);
      } finally {
        await Promise.all(workers.map((worker) => worker.end()));
      }
      expect(await statuses(post)).toEqual(['cancelled', 'sending']);
    }
  });

  it('are one, though the second worker’s clock is behind the first’s', async () => {
    const post = await family();
    expect(await post.claim({ limit: 1 })).toHaveLength(1);
    post.campaign.now = new Date(post.campaign.now.getTime() - 1500);
    await clubs.sql`update outbox.queue set run_at = ${post.campaign.now} where token is null`;
    expect(await post.claim()).toEqual([]);
    expect(await statuses(post)).toEqual(['cancelled', 'sending']);
  });

  it('are none when the person says stop in between', async () => {
    const post = await family();
    await post.reply(await post.campaign.phoneOf('mother'), { text: { body: 'STOP' } });
    expect(await post.claim()).toEqual([]);
    expect(await statuses(post)).toEqual(['cancelled', 'cancelled']);
    expect(await skips(post)).toEqual([{ reason: 'suppressed' }, { reason: 'suppressed' }]);
  });

  it('stay one when the phones part again after the claim', async () => {
    const post = await family();
    const [claim] = await post.claim({ limit: 1 });
    const phone = claim!.phone;
    await post.campaign.club.client('mother', { phone: '+420777000211' });
    await post.campaign.club.client('child', { phone: '+420777000212' });
    const rest = await post.claim();
    expect(rest.map((other) => other.phone)).not.toContain(phone);
    expect(rest).toHaveLength(1);
  });
});

describe('a STOP', () => {
  it('in an answer to the message of one stops the other, and whoever is synced later', async () => {
    const post = await family();
    await post.claim();
    const phone = await post.campaign.phoneOf('mother');
    await post.reply(phone, { text: { body: 'STOP' } });
    await post.campaign.member('father', undefined, { phone });
    for (const name of ['mother', 'child', 'father']) {
      expect(await post.campaign.candidate(name), name).toMatchObject({ skip_reason: 'suppressed' });
    }
    const rows = await clubs.sql`
      select phone, array_length(client_ids, 1) as clients from campaigns.suppressions
      where club_id = ${post.campaign.club.id}`;
    expect(rows).toEqual([{ phone, clients: 2 }]);
  });
});
