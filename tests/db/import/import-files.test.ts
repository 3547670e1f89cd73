import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENTITIES } from '../../../shared/booking/entity.ts';
import type { ImportFiles } from '../../../shared/csv-import/check-import.ts';
import { FILE_KINDS } from '../../../shared/csv-import/columns.ts';
import type { FileKind } from '../../../shared/csv-import/columns.ts';
import { REPO } from '../../../stack/embedded/paths.ts';
import { applyFiles, checkFiles, ImportRefusedError } from '../../../stack/import/import-files.ts';
import type { ImportCounts } from '../../../stack/import/import-files.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const TODAY = '2026-03-15';
const NOW = new Date(`${TODAY}T10:00:00Z`);
const LATER = new Date('2026-03-16T10:00:00Z');

const readExample = (kind: FileKind) => readFileSync(join(REPO, `docs/import/${kind}.csv`), 'utf8');
const EXAMPLES: Record<FileKind, string> = {
  clients: readExample('clients'),
  visits: readExample('visits'),
  payments: readExample('payments'),
  consents: readExample('consents'),
};

const openClub = () => clubs.open({ today: TODAY });

/** As the command does it: checked first, then applied. */
async function importTexts(
  club: Pick<Club, 'id'>,
  texts: Partial<Record<FileKind, string>>,
  now = NOW,
): Promise<ImportCounts> {
  const files: ImportFiles = {};
  for (const kind of FILE_KINDS) {
    const text = texts[kind];
    if (text !== undefined) files[kind] = { name: `${kind}.csv`, content: new TextEncoder().encode(text) };
  }
  const request = { clubId: club.id, files, now };
  return applyFiles(clubs.sql, await checkFiles(clubs.sql, request), request);
}

/** Everything an import may write. */
async function traceOf(club: Club): Promise<Record<string, unknown>> {
  const trace: Record<string, unknown> = {};
  for (const table of ['clients', 'services', 'staff', 'bookings', 'payments', 'listings']) {
    trace[table] =
      await clubs.sql`select * from ${clubs.sql(`crm.${table}`)} where club_id = ${club.id} order by 2`;
  }
  trace['provider'] = await clubs.sql`select booking_provider from core.clubs where club_id = ${club.id}`;
  trace['audit'] =
    await clubs.sql`select action, detail from core.audit_log where club_id = ${club.id} order by audit_id`;
  trace['segments'] =
    await clubs.sql`select * from segments.client_segments where club_id = ${club.id} order by 2`;
  return trace;
}

const lastGoodSync = async (club: Club) => {
  const [row] = await clubs.sql<{ at: Date | null }[]>`select crm.last_good_sync(${club.id}) as at`;
  return row!.at;
};

describe('the example files', () => {
  it('stand word for word in the documentation', () => {
    const page = readFileSync(join(REPO, 'docs/import.md'), 'utf8');
    for (const kind of FILE_KINDS) expect(page).toContain(EXAMPLES[kind].trim().replaceAll(/^/gm, '    '));
  });

  it('are imported', async () => {
    const club = await openClub();
    expect(await importTexts(club, EXAMPLES)).toEqual({
      services: { rows: 2, new: 2, changed: 0 },
      staff: { rows: 1, new: 1, changed: 0 },
      clients: { rows: 3, new: 3, changed: 0 },
      bookings: { rows: 3, new: 3, changed: 0 },
      payments: { rows: 3, new: 3, changed: 0 },
      consents: { rows: 3, new: 3, changed: 0 },
    });
    expect(
      await clubs.sql`
        select external_id, phone, language, birth_date::text, is_excluded_from_mailings
        from crm.clients where club_id = ${club.id} order by external_id`,
    ).toEqual(
      [
        ['1001', '+420601234567', 'cs', '1990-02-28', false],
        ['1002', '+380671234567', 'uk', '1985-07-14', false],
        ['1003', null, 'en', null, true],
      ].map(([external_id, phone, language, birth_date, is_excluded_from_mailings]) => ({
        external_id,
        phone,
        language,
        birth_date,
        is_excluded_from_mailings,
      })),
    );
    expect(
      await clubs.sql`
        select external_id, status, service_kind, starts_at from crm.bookings where club_id = ${club.id} order by external_id`,
    ).toEqual([
      {
        external_id: 'V-1',
        status: 'attended',
        service_kind: 'group',
        starts_at: new Date('2026-03-02T17:30:00Z'),
      },
      {
        external_id: 'V-2',
        status: 'attended',
        service_kind: 'personal',
        starts_at: new Date('2026-03-03T06:00:00Z'),
      },
      {
        external_id: 'V-3',
        status: 'no_show',
        service_kind: 'group',
        starts_at: new Date('2026-03-09T17:30:00Z'),
      },
    ]);
  });

  it('are what metrics and segments are computed from', async () => {
    const club = await openClub();
    await importTexts(club, EXAMPLES);
    expect((await club.metric('active_30d')).value).toBe(2);
    expect((await club.metric('revenue_30d')).value).toBe(149_000 + 149_050);
    expect((await club.segment('1002'))?.segment).toBe('vip');
    const [kept] = await clubs.sql`
      select segment from segments.client_segments where club_id = ${club.id} and client_id = ${await club.idOf('1002')}`;
    expect(kept).toEqual({ segment: 'vip' });
  });

  it('imported again change nothing', async () => {
    const club = await openClub();
    await importTexts(club, EXAMPLES);
    const counts = await importTexts(club, EXAMPLES, LATER);
    for (const [entity, { new: added, changed }] of Object.entries(counts)) {
      expect([entity, added, changed]).toEqual([entity, 0, 0]);
    }
  });
});

describe('the next import', () => {
  it('changes the rows it has, and leaves the others', async () => {
    const club = await openClub();
    await importTexts(club, EXAMPLES);
    const [header, first] = EXAMPLES.visits.split('\n');
    const counts = await importTexts(club, {
      visits: `${header}\n${first!.replace('attended', 'cancelled')}\n`,
    });
    expect(counts.bookings).toEqual({ rows: 1, new: 0, changed: 1 });
    expect((await club.metric('active_30d')).value).toBe(1);
  });

  it('does not overrule an operator’s choice of a service’s kind', async () => {
    const club = await openClub();
    await importTexts(club, EXAMPLES);
    await clubs.sql`select crm.set_service_kind(${club.id}, 'csv:morning yoga', 'open')`;
    await importTexts(club, EXAMPLES, LATER);
    const [service] = await clubs.sql`
      select kind from crm.services where club_id = ${club.id} and external_id = 'csv:morning yoga'`;
    expect(service).toEqual({ kind: 'open' });
  });

  it('makes the club as fresh as the stalest kind of file it has ever imported', async () => {
    const club = await openClub();
    await importTexts(club, { clients: EXAMPLES.clients });
    expect(await lastGoodSync(club)).toEqual(NOW);
    await importTexts(club, EXAMPLES, LATER);
    expect(await lastGoodSync(club)).toEqual(LATER);
    const evenLater = new Date('2026-03-17T10:00:00Z');
    await importTexts(club, { clients: EXAMPLES.clients, visits: EXAMPLES.visits }, evenLater);
    expect(await lastGoodSync(club)).toEqual(LATER);
    await importTexts(club, { payments: EXAMPLES.payments }, evenLater);
    expect(await lastGoodSync(club)).toEqual(evenLater);
  });
});

describe('an import', () => {
  it('notes every entity as complete and what it brought', async () => {
    const club = await openClub();
    await importTexts(club, { clients: EXAMPLES.clients });
    const states = await clubs.sql`
      select entity, complete_until from crm.mirror_states where club_id = ${club.id}`;
    expect(states).toHaveLength(ENTITIES.length);
    expect(states).toEqual(
      expect.arrayContaining(ENTITIES.map((entity) => ({ entity, complete_until: NOW }))),
    );
    expect(
      await clubs.sql`select action, detail from core.audit_log where club_id = ${club.id} order by audit_id`,
    ).toEqual([
      { action: 'club.provider_changed', detail: { to: 'csv' } },
      { action: 'import.applied', detail: { clients: { rows: 3, new: 3, changed: 0 } } },
    ]);
  });

  it('with a problem changes nothing', async () => {
    const club = await openClub();
    const before = await traceOf(club);
    const refused = importTexts(club, { ...EXAMPLES, visits: EXAMPLES.visits.replace('1002', '1099') });
    await expect(refused).rejects.toThrow(ImportRefusedError);
    await expect(refused).rejects.toMatchObject({
      problems: [{ file: 'visits.csv', row: 3, column: 'client_id' }],
    });
    expect(await traceOf(club)).toEqual(before);
  });

  it('that the database stops in the middle leaves nothing', async () => {
    const club = await openClub();
    const before = await traceOf(club);
    // Refuses the second thousand of the visits, after clients, services and a thousand visits are in.
    await clubs.sql.unsafe(`
      create function refuse_row() returns trigger language plpgsql as
        $$ begin raise exception 'the disk is full' using errcode = 'disk_full'; end $$;
      create trigger stop_import before insert on crm.bookings for each row
        when (new.club_id = ${club.id} and new.external_id = 'row-1500') execute function refuse_row()`);
    const visits = Array.from({ length: 2_000 }, (_, at) => `row-${at},1001,2026-03-01 10:00,Yoga`);
    const texts = { ...EXAMPLES, visits: `visit_id,client_id,starts_at,service\n${visits.join('\n')}\n` };
    await expect(importTexts(club, texts)).rejects.toThrow('the disk is full');
    expect(await traceOf(club)).toEqual(before);

    await clubs.sql.unsafe('drop trigger stop_import on crm.bookings; drop function refuse_row()');
    expect((await importTexts(club, texts)).bookings).toEqual({ rows: 2_000, new: 2_000, changed: 0 });
  });

  it('into a club that its booking platform has filled is refused', async () => {
    const club = await openClub();
    await clubs.sql`
      insert into crm.listings (club_id, entity, lane, complete_until) values (${club.id}, 'clients', 'full', ${NOW})`;
    const before = await traceOf(club);
    await expect(importTexts(club, EXAMPLES)).rejects.toThrow('is synced with its booking platform');
    expect(await traceOf(club)).toEqual(before);
  });

  it('into a club whose platform never answered makes it a club of files', async () => {
    const club = await openClub();
    await clubs.sql`
      insert into crm.listings (club_id, entity, lane, opened_at, error, error_at)
      values (${club.id}, 'clients', 'changes', ${NOW}, 'The platform refused the token.', ${NOW})`;
    await importTexts(club, EXAMPLES);
    const [row] = await clubs.sql`select booking_provider from core.clubs where club_id = ${club.id}`;
    expect(row).toEqual({ booking_provider: 'csv' });
    expect(
      await clubs.sql`select from crm.listings where club_id = ${club.id} and error is not null`,
    ).toEqual([]);
  });

  it('into a club that is not there says so', async () => {
    await expect(importTexts({ id: 4_711 }, EXAMPLES)).rejects.toThrow('There is no club 4711');
  });

  it('waits for another one of the same club', async () => {
    const club = await openClub();
    const [one, other] = await Promise.all([importTexts(club, EXAMPLES), importTexts(club, EXAMPLES)]);
    expect([one.bookings!.new, other.bookings!.new].toSorted()).toEqual([0, 3]);
  });
});
