import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();

const text = (body: string) => ({ type: 'text', text: { body } });
const STOP = text('STOP');

/** Eva is a member; nothing waits for her. */
async function member(fields: { phone?: string; language?: string } = {}): Promise<Post> {
  const post = await Post.queued(await clubs.open(), []);
  await post.campaign.member('eva', undefined, { language_source: 'field', ...fields });
  return post;
}

const writes = async (post: Post, content: Parameters<Post['reply']>[1]) =>
  post.reply(await post.campaign.phoneOf('eva'), content);

const confirmations = (post: Post) => clubs.sql<
  { phone: string; rendered: string; form: string; status: string }[]
>`
  select phone, rendered, form, status from outbox.messages
  where club_id = ${post.campaign.club.id} and purpose = 'confirmation'`;

async function withdraw(post: Post, cause: string): Promise<void> {
  await post.campaign.suppress('eva', cause);
}

describe('An opt-out is confirmed', () => {
  it.each([
    ['cs', 'Rozumíme. Vltava Fit vám už nebude posílat žádné marketingové zprávy.'],
    ['uk', 'Зрозуміли. Vltava Fit більше не надсилатиме вам маркетингових повідомлень.'],
    ['ru', 'Поняли вас. Vltava Fit больше не будет присылать вам маркетинговых сообщений.'],
    ['en', 'Understood. Vltava Fit will send you no more marketing messages.'],
    ['bg', 'Разбрахме. Vltava Fit няма да ви изпраща повече маркетингови съобщения.'],
  ])('in the language of the member: %s', async (language, words) => {
    const post = await member({ language });
    await writes(post, STOP);
    const phone = await post.campaign.phoneOf('eva');
    expect(await confirmations(post)).toMatchObject([{ phone, form: 'free_text', status: 'queued' }]);
    expect((await confirmations(post))[0]!.rendered.startsWith(words)).toBe(true);
  });

  it('by a message that is handed out though the person is suppressed', async () => {
    const post = await member();
    await writes(post, STOP);
    const [confirmation] = await confirmations(post);
    const claim = await post.claimOne();
    expect(claim).toMatchObject({ purpose: 'confirmation', form: 'free_text', body: confirmation!.rendered });
  });

  it('while the 24 hours last, and not after', async () => {
    const post = await member();
    await writes(post, STOP);
    await post.pass(24 * 3600);
    expect(await post.claim()).toEqual([]);
    expect(await confirmations(post)).toMatchObject([{ status: 'cancelled' }]);
  });

  it('once, however often it is said', async () => {
    const post = await member();
    await writes(post, STOP);
    await post.pass(60);
    await writes(post, STOP);
    await writes(post, text('odhlásit'));
    expect(await confirmations(post)).toHaveLength(1);
  });

  it('again when somebody whose suppression was lifted says it anew', async () => {
    const post = await member();
    await writes(post, STOP);
    await post.pass(60);
    const consent = {
      source: 'reception',
      text_version: 'v1',
      language: 'cs',
      given_at: post.campaign.now.toISOString(),
    };
    await clubs.sql`
      select campaigns.lift_suppression(
        ${post.campaign.club.id}, ${await post.campaign.club.idOf('eva')}, 'she asked for it', ${clubs.sql.json(consent)},
        'operator:x', ${post.campaign.now}
      )`;
    await post.pass(60);
    await writes(post, STOP);
    expect(await confirmations(post)).toHaveLength(2);
  });

  it('when the phone was only unreachable before: that was not the member’s word', async () => {
    const post = await member();
    await writes(post, text('Přijdu v úterý'));
    await withdraw(post, 'unreachable');
    expect(await confirmations(post)).toEqual([]);
    await writes(post, STOP);
    expect(await confirmations(post)).toHaveLength(1);
  });

  it.each(['user_preferences', 'error_131050', 'do_not_contact'])(
    'when it came as %s only to a member who has just written',
    async (cause) => {
      const silent = await member();
      await withdraw(silent, cause);
      expect(await confirmations(silent)).toEqual([]);
      const writing = await member();
      await writes(writing, text('Kdy je jóga?'));
      await withdraw(writing, cause);
      expect(await confirmations(writing)).toHaveLength(1);
    },
  );

  it('by each club of the person, under its own name', async () => {
    const post = await member();
    const phone = await post.campaign.phoneOf('eva');
    const other = await Campaign.start(await clubs.open());
    await other.member('olga', undefined, { phone, language: 'en', language_source: 'field' });
    await clubs.sql`update core.clubs set name = 'Morava Fit' where club_id = ${other.club.id}`;
    await writes(post, STOP);
    const rows = await clubs.sql<{ rendered: string }[]>`
      select rendered from outbox.messages where purpose = 'confirmation' and phone = ${phone} order by club_id`;
    expect(rows.map(({ rendered }) => /Vltava Fit|Morava Fit/.exec(rendered)?.[0])).toEqual([
      'Vltava Fit',
      'Morava Fit',
    ]);
  });
});
