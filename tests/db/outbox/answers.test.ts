import { describe, expect, it } from 'vitest';
import { template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();
const DAY = 24 * 3600;

/** Eva has just asked something. */
async function asked(): Promise<{ post: Post; conversation: number; club: number }> {
  const post = await Post.queued(await clubs.open(), []);
  await post.campaign.member('eva');
  await post.reply(await post.campaign.phoneOf('eva'), {
    type: 'text',
    text: { body: 'Kdy máte otevřeno?' },
  });
  const [row] = await clubs.sql<{ id: string }[]>`
    select conversation_id as id from campaigns.conversations where club_id = ${post.campaign.club.id}`;
  return { post, conversation: Number(row!.id), club: post.campaign.club.id };
}

type Asked = Awaited<ReturnType<typeof asked>>;

const answer = ({ post, conversation, club }: Asked, words: string, id = crypto.randomUUID() as string) =>
  clubs.sql`select outbox.answer_conversation(${club}, ${conversation}, ${id}, ${words}, 'operator:eva', ${post.campaign.now}) as id`;
const answerIn = (
  { post, conversation, club }: Asked,
  { name = 'reactivation_v1', line = 'Máme otevřeno od šesti.', id = crypto.randomUUID() as string } = {},
) =>
  clubs.sql`
    select outbox.answer_by_template(
      ${club}, ${conversation}, ${id}, ${name}, 'cs', ${line}, 'operator:eva', ${post.campaign.now}
    ) as id`;
const messages = ({ club }: Asked) =>
  clubs.sql`select purpose, form, status, rendered, author from outbox.messages where club_id = ${club} and purpose = 'answer'`;

describe('an answer in one’s own words', () => {
  it('waits in the outbox as it was written, and the conversation has one', async () => {
    const eva = await asked();
    await answer(eva, '  Od šesti.\nTěšíme se!  ');
    expect(await messages(eva)).toEqual([
      {
        purpose: 'answer',
        form: 'free_text',
        status: 'queued',
        rendered: 'Od šesti.\nTěšíme se!',
        author: 'operator:eva',
      },
    ]);
    const [row] =
      await clubs.sql`select answered_at from campaigns.conversations where conversation_id = ${eva.conversation}`;
    expect(row!.answered_at).toEqual(eva.post.campaign.now);
    expect((await eva.post.claim()).map(({ phone }) => phone)).toEqual([
      await eva.post.campaign.phoneOf('eva'),
    ]);
  });

  it('sent twice is sent once, at the same moment and after the conversation was closed too', async () => {
    const eva = await asked();
    const id = crypto.randomUUID();
    await Promise.all([answer(eva, 'Od šesti.', id), answer(eva, 'Od šesti.', id)]);
    await eva.post.closeConversations();
    await answer(eva, 'Od šesti.', id);
    expect(await messages(eva)).toHaveLength(1);
  });

  it('with other words under the same id is refused, not lost in silence', async () => {
    const eva = await asked();
    const id = crypto.randomUUID();
    await answer(eva, 'Od šesti.', id);
    await expect(answer(eva, 'Od sedmi.', id)).rejects.toThrow(
      'Another answer was sent from this form already',
    );
  });

  it.each([
    ['', 'The answer is empty'],
    [' \n\t ', 'The answer is empty'],
    ['a'.repeat(4097), 'The answer has 4097 characters'],
  ])('%# that WhatsApp would not take is refused with a sentence', async (words, sentence) => {
    await expect(answer(await asked(), words)).rejects.toThrow(sentence);
  });

  it('of 4096 characters is taken', async () => {
    const eva = await asked();
    await answer(eva, 'ř'.repeat(4096));
    expect(await messages(eva)).toHaveLength(1);
  });

  it('is refused once the 24 hours are over, to the second', async () => {
    const eva = await asked();
    await eva.post.pass(DAY - 1);
    await answer(eva, 'Od šesti.');
    await eva.post.pass(1);
    await expect(answer(eva, 'Od šesti.')).rejects.toThrow('The 24 hours after the member');
  });

  it('is refused in a conversation that is closed, or of another club', async () => {
    const [eva, other] = [await asked(), await clubs.open()];
    await expect(answer({ ...eva, club: other.id }, 'Od šesti.')).rejects.toThrow(
      'There is no such conversation',
    );
    await eva.post.closeConversations();
    await expect(answer(eva, 'Od šesti.')).rejects.toThrow('This conversation is closed');
  });
});

describe('an answer in a template', () => {
  it('goes out after the 24 hours, with the line and the club’s name filled in', async () => {
    const eva = await asked();
    await eva.post.pass(DAY);
    await answerIn(eva);
    expect(await messages(eva)).toMatchObject([
      { form: 'template', rendered: expect.stringContaining('Máme otevřeno od šesti.') },
    ]);
    expect(await eva.post.claim()).toMatchObject([
      { parameters: { message: 'Máme otevřeno od šesti.', club: 'Vltava Fit' } },
    ]);
  });

  it('counts against the limit of people, and for no cooldown', async () => {
    const eva = await asked();
    await eva.post.pass(DAY);
    await answerIn(eva);
    await eva.post.claim();
    expect(await clubs.sql`select from campaigns.outreaches where club_id = ${eva.club}`).toHaveLength(1);
    expect(await clubs.sql`select from campaigns.contacts where club_id = ${eva.club}`).toHaveLength(0);
  });

  it('needs its line, and none that is too long', async () => {
    const eva = await asked();
    await expect(answerIn(eva, { line: '  ' })).rejects.toThrow('a place for a line of yours');
    await expect(answerIn(eva, { line: 'a'.repeat(1020) })).rejects.toThrow('WhatsApp takes 1024 at most');
  });

  it.each([
    [
      'that nobody approved',
      (eva: Asked) => clubs.sql`update campaigns.templates set status = 'PAUSED' where club_id = ${eva.club}`,
    ],
    [
      'that we cannot fill',
      (eva: Asked) => eva.post.campaign.templates([template({ parameters: ['message', 'price'] })]),
    ],
    [
      'for marketing, without a consent',
      (eva: Asked) => clubs.sql`
        update campaigns.consents set withdrawn_at = ${eva.post.campaign.now}, withdrawn_by = 'do_not_contact', withdrawn_how = 'test'
        where club_id = ${eva.club}`,
    ],
  ])('%s is refused, and not offered', async (_, change) => {
    const eva = await asked();
    await change(eva);
    await expect(answerIn(eva)).rejects.toThrow('may not be answered in the template');
    const offered =
      await clubs.sql`select from outbox.answer_templates(${eva.club}, ${eva.conversation}, ${eva.post.campaign.now})`;
    expect(offered).toHaveLength(0);
  });

  it('to somebody who said no since is void when it is claimed', async () => {
    const eva = await asked();
    await answerIn(eva);
    await eva.post.campaign.suppress('eva');
    await eva.post.pass(10);
    const claimed = await eva.post.claim();
    expect(claimed.filter((claim) => 'purpose' in claim && claim.purpose === 'answer')).toEqual([]);
    expect(await messages(eva)).toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('at the doors', () => {
  it.each(['analyst', 'stranger'])('an %s answers nobody', async (role) => {
    const eva = await asked();
    const clubId = role === 'stranger' ? (await clubs.open()).id : eva.club;
    const person = await operator(clubs.sql, clubId, role === 'stranger' ? 'owner' : role);
    for (const door of ['answer_conversation', 'close_conversation', 'settle_wish', 'request_suggestion']) {
      const more =
        { answer_conversation: `, '${crypto.randomUUID()}', 'x'`, settle_wish: ', true' }[door] ?? '';
      const knock = asPerson(clubs.sql, person, (sql) =>
        sql.unsafe(`select api.${door}(${eva.club}, ${eva.conversation}${more})`),
      );
      await expect(knock, door).rejects.toThrow('Your role in the club does not let you answer members');
    }
  });

  it('a stranger reads no conversation, a moderator reads those of the club and nothing of others', async () => {
    const [eva, other] = [await asked(), await asked()];
    // asked() begins with a clean table of clubs: only the second is left.
    const read = (person: string) =>
      asPerson(clubs.sql, person, async (sql) => ({
        conversations: (await sql`select from api.conversations`).length,
        thread: (await sql`select from api.conversation_messages(${other.club}, ${other.conversation})`)
          .length,
      }));
    const outside = await clubs.open();
    expect(eva.club).not.toBe(other.club);
    expect(await read(await operator(clubs.sql, outside.id, 'owner'))).toEqual({
      conversations: 0,
      thread: 0,
    });
    expect(await read(await operator(clubs.sql, other.club, 'moderator'))).toEqual({
      conversations: 1,
      thread: 1,
    });
  });

  it('a moderator may not close an unclear wish before it is decided', async () => {
    const eva = await asked();
    await eva.post.reply(await eva.post.campaign.phoneOf('eva'), {
      type: 'text',
      text: { body: 'Už mi nepište.' },
    });
    const person = await operator(clubs.sql, eva.club, 'moderator');
    const close = asPerson(
      clubs.sql,
      person,
      (sql) => sql`select api.close_conversation(${eva.club}, ${eva.conversation})`,
    );
    await expect(close).rejects.toThrow('Decide first whether the member wants no more messages');
  });
});
