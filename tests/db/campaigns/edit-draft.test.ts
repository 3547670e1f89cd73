import postgres from 'postgres';
import type { Sql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** Eva has a draft that waits for a decision. */
async function pending(): Promise<Campaign> {
  const campaign = await Campaign.start(await clubs.open());
  await campaign.member('eva');
  await campaign.plan();
  await campaign.write();
  return campaign;
}

const NEW_WORDS = 'Přijďte si zase zacvičit.';

async function edit(
  campaign: Campaign,
  {
    message = NEW_WORDS,
    version = 1,
    user = 42,
    sql = clubs.sql,
  }: { message?: string; version?: number; user?: number; sql?: Sql } = {},
): Promise<{ outcome: string; [field: string]: unknown }> {
  const draft = await campaign.draft('eva');
  const [row] = await sql`
    select api.edit_draft_in_telegram(
      ${draft!.id}, ${version}, ${message}, '{"warnings": ["Look."]}', ${user}, ${user === 42}, 'Petra', ${campaign.now}
    ) as edited`;
  return row!.edited;
}

const versions = (campaign: Campaign) => clubs.sql`
  select version, source, message, author, usage from campaigns.draft_versions where club_id = ${campaign.club.id} order by version`;

describe('new words for a draft', () => {
  it('are a new version that waits, and are written down', async () => {
    const campaign = await pending();
    expect(await edit(campaign)).toMatchObject({ outcome: 'edited', version: 2 });
    expect(await campaign.draft('eva')).toMatchObject({ status: 'pending', version: 2, decided_by: null });
    expect(await versions(campaign)).toMatchObject([
      { version: 1, source: 'claude' },
      {
        version: 2,
        source: 'operator',
        message: NEW_WORDS,
        author: 'telegram:42',
        usage: { warnings: ['Look.'] },
      },
    ]);
    const [entry] = await clubs.sql`
      select actor, detail from core.audit_log where club_id = ${campaign.club.id} and action = 'draft.edited'`;
    expect(entry).toEqual({ actor: 'telegram:42', detail: { version: 2 } });
  });

  it('leave nothing to decide about the old ones', async () => {
    const campaign = await pending();
    await edit(campaign);
    expect(await campaign.decide('eva', 'approved', 1)).toMatchObject({ outcome: 'old_version', version: 2 });
    expect(await campaign.decide('eva', 'approved', 2)).toMatchObject({ outcome: 'approved' });
  });

  it('come too late for another version, and for a decided draft', async () => {
    const campaign = await pending();
    expect(await edit(campaign, { version: 3 })).toMatchObject({ outcome: 'old_version' });
    await campaign.decide('eva', 'rejected');
    expect(await edit(campaign)).toMatchObject({
      outcome: 'already_decided',
      status: 'rejected',
      decided_by_name: 'Petra',
    });
    expect(await versions(campaign)).toHaveLength(1);
  });

  it('come too late once nobody decided in time', async () => {
    const campaign = await pending();
    await campaign.pass(48 * 60);
    expect(await edit(campaign)).toMatchObject({ outcome: 'expired' });
    expect(await campaign.draft('eva')).toMatchObject({ status: 'expired', version: 1 });
  });

  it('of a stranger are denied, and written down', async () => {
    const campaign = await pending();
    expect(await edit(campaign, { user: 666 })).toEqual({ outcome: 'denied' });
    expect(await versions(campaign)).toHaveLength(1);
    const log = await clubs.sql`select actor, action from core.audit_log where club_id = ${campaign.club.id}`;
    expect(log).toEqual([{ actor: 'telegram:666', action: 'draft.edit_denied' }]);
  });

  it('by two people at the same moment are those of one of them', async () => {
    const campaign = await pending();
    const people = [1, 2].map(() => postgres(clubs.database.url, { max: 1 }));
    try {
      const outcomes = await Promise.all(
        people.map((sql, index) =>
          edit(campaign, { sql, message: `Přijďte zase, místo číslo ${index} čeká.` }),
        ),
      );
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['edited', 'old_version']);
      expect(await versions(campaign)).toHaveLength(2);
    } finally {
      await Promise.all(people.map((sql) => sql.end()));
    }
  });

  it('and an approval of the old ones at the same moment: one of both counts', async () => {
    const campaign = await pending();
    const [editor, approver] = [1, 2].map(() => postgres(clubs.database.url, { max: 1 })) as [Sql, Sql];
    try {
      const [edited, decided] = await Promise.all([
        edit(campaign, { sql: editor }),
        campaign.decide('eva', 'approved', 1, approver),
      ]);
      expect([
        ['edited', 'old_version'],
        ['already_decided', 'approved'],
      ]).toContainEqual([edited.outcome, decided.outcome]);
    } finally {
      await Promise.all([editor.end(), approver.end()]);
    }
  });
});

describe('what new words are held to', () => {
  async function open(campaign: Campaign, version = 1) {
    const draft = await campaign.draft('eva');
    const [row] = await clubs.sql`
      select api.editing_task_in_telegram(${draft!.id}, ${version}, 42, true, 'Petra', ${campaign.now}) as opening`;
    return row!.opening;
  }

  it('is what their writer was given, with the words there are', async () => {
    const campaign = await pending();
    expect(await open(campaign)).toMatchObject({
      outcome: 'open',
      club_id: campaign.club.id,
      task: {
        version: 1,
        message: 'Držíme vám místo na úterní lekci.',
        language: 'cs',
        form: 'template',
        scenario: 'reactivation',
        max_length: 200,
        frame: expect.stringContaining('{{message}}'),
      },
    });
  });

  it('is not told of a decided draft', async () => {
    const campaign = await pending();
    await campaign.decide('eva');
    const opening = await open(campaign);
    expect(opening).toMatchObject({ outcome: 'already_decided', status: 'approved' });
    expect(opening).not.toHaveProperty('task');
  });
});

describe('an answer in the moderation chat', () => {
  const replied = async (messageId: number) => {
    const [row] = await clubs.sql`select api.replied_draft('-1', ${messageId}) as replied`;
    return row!.replied;
  };

  it('is about the draft that the message asked new words for, and its version', async () => {
    const campaign = await pending();
    const { id } = (await campaign.draft('eva'))!;
    const note = (version: number) =>
      clubs.sql`select api.note_edit_prompt(${campaign.club.id}, '-1', 501, ${id}, ${version}, 42, ${campaign.now})`;
    await note(1);
    expect(await replied(501)).toEqual({ draft_id: id, version: 1 });
    await note(2);
    expect(await replied(501)).toEqual({ draft_id: id, version: 2 });
    expect(await replied(502)).toBeNull();
  });

  it('is about the draft of the card, in the version that the card shows', async () => {
    const campaign = await pending();
    const { id } = (await campaign.draft('eva'))!;
    await clubs.sql`
      insert into outbox.posts (kind, object, club_id, chat_id, message_id, extra_message_id, shown, shown_at)
      values ('card', ${id}, ${campaign.club.id}, '-1', 511, 510, 'v1 pending', ${campaign.now})`;
    await edit(campaign);
    expect(await replied(511)).toEqual({ draft_id: id, version: 1 });
    expect(await replied(510)).toEqual({ draft_id: id, version: 1 });
  });
});
