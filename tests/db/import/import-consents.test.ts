import { describe, expect, it } from 'vitest';
import { applyFiles, checkFiles, ImportRefusedError } from '../../../stack/import/import-files.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();

const HEADER = 'client_id,phone,basis,source,text_version,given_at,proof,withdrawn_at';
const EVA = 'eva,,consent,form,v7,2026-01-10 18:00,no. 7,';

/** A club whose clients come from a booking platform, as most that bring consents: Eva and Jan each have a message queued. */
const start = async () => Post.queued(await clubs.open(), ['eva', 'jan']);

const checked = async ({ campaign }: Post, rows: string[]) => {
  const content = new TextEncoder().encode([HEADER, ...rows, ''].join('\n'));
  const request = {
    clubId: campaign.club.id,
    files: { consents: { name: 'old.csv', content } },
    now: campaign.now,
  };
  return { request, files: await checkFiles(clubs.sql, request) };
};

async function bring(post: Post, ...rows: string[]) {
  const { request, files } = await checked(post, rows);
  return (await applyFiles(clubs.sql, files, request)).consents;
}

const ledger = ({ campaign }: Post) => clubs.sql`
  select client.external_id as name, basis, text_version, given_at, proof, recorded_by, withdrawn_at, withdrawn_by
  from campaigns.consents join crm.clients as client using (club_id, client_id)
  where club_id = ${campaign.club.id} and source <> 'form' or text_version = 'v7' order by consent_id`;

describe('consents from a file', () => {
  it('go into the ledger of a club that is synced with its platform, and change nothing else of it', async () => {
    const post = await start();
    await clubs.sql`update crm.listings set complete_until = ${post.campaign.now} where club_id = ${post.campaign.club.id}`;
    expect(await bring(post, EVA)).toEqual({ rows: 1, new: 1, changed: 0 });
    expect(await ledger(post)).toEqual([
      {
        ...{ name: 'eva', basis: 'consent', text_version: 'v7', given_at: new Date('2026-01-10T17:00:00Z') },
        ...{ proof: 'no. 7', recorded_by: 'import:old.csv', withdrawn_at: null, withdrawn_by: null },
      },
    ]);
    const [club] =
      await clubs.sql`select booking_provider from core.clubs where club_id = ${post.campaign.club.id}`;
    expect(club).not.toEqual({ booking_provider: 'csv' });
    const audit = await clubs.sql`
      select actor, detail from core.audit_log where club_id = ${post.campaign.club.id} and action = 'consents.imported'`;
    expect(audit).toEqual([{ actor: 'import:old.csv', detail: { new: 1, withdrawn: 0 } }]);
  });

  it('are not added twice, not even by two imports at once', async () => {
    const post = await start();
    const both = await Promise.all([bring(post, EVA), bring(post, EVA)]);
    expect(both.map((counts) => counts!.new).toSorted()).toEqual([0, 1]);
    expect(await bring(post, EVA.replace('no. 7', 'no. 8'))).toEqual({ rows: 1, new: 0, changed: 0 });
    expect(await ledger(post)).toMatchObject([{ proof: 'no. 7' }]);
  });

  it('say that one was withdrawn, and never that it was not', async () => {
    const post = await start();
    await bring(post, EVA);
    expect(await bring(post, `${EVA}2026-02-01 10:00`)).toEqual({ rows: 1, new: 0, changed: 1 });
    expect(await bring(post, EVA)).toEqual({ rows: 1, new: 0, changed: 0 });
    expect(await ledger(post)).toMatchObject([
      { withdrawn_at: new Date('2026-02-01T09:00:00Z'), withdrawn_by: 'import' },
    ]);
  });

  it('that leave somebody without a basis cancel what is queued for them, and for nobody else', async () => {
    const post = await start();
    await clubs.sql`update campaigns.consents set withdrawn_at = ${post.campaign.now} where club_id = ${post.campaign.club.id}`;
    await bring(post, `${EVA}2026-02-01 10:00`);
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'no_consent' });
    expect(await post.message('jan')).toMatchObject({ status: 'queued' });
  });

  it('that leave somebody another basis cancel nothing', async () => {
    const post = await start();
    await bring(post, `${EVA}2026-02-01 10:00`);
    expect(await post.message()).toMatchObject({ status: 'queued' });
  });

  it('do not lift a suppression', async () => {
    const post = await start();
    await post.campaign.suppress('eva');
    await bring(post, 'eva,,consent,form,v7,2026-06-15,,');
    expect(await post.campaign.candidate('eva')).toMatchObject({ skip_reason: 'suppressed' });
  });

  it('are all or none: one wrong row and nothing is kept, and a check keeps nothing either', async () => {
    const post = await start();
    const refused = bring(post, EVA, EVA.replace('eva', 'nobody'));
    await expect(refused).rejects.toThrow(ImportRefusedError);
    await expect(refused).rejects.toMatchObject({
      problems: [{ file: 'old.csv', row: 3, column: 'client_id' }],
    });
    await checked(post, [EVA]);
    expect(await ledger(post)).toEqual([]);
  });

  it('for a club that is not there say so', async () => {
    const content = new TextEncoder().encode(`${HEADER}\n${EVA}\n`);
    const request = { clubId: 4711, files: { consents: { name: 'old.csv', content } }, now: new Date(0) };
    await expect(checkFiles(clubs.sql, request)).rejects.toThrow('There is no club 4711');
  });
});
