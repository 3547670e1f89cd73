import { DatabaseSync } from 'node:sqlite';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { describe, expect, test } from 'vitest';
import { DEMO_CLUB, generateClub } from '../../../../stack/sandbox/booking/generate.ts';
import { addDays } from '../../../../stack/sandbox/booking/local-time.ts';
import { AUTO_RENEWING } from '../../../../stack/sandbox/booking/shop.ts';
import { BookingStore } from '../../../../stack/sandbox/booking/store.ts';
import { factsOf } from './segment-of.ts';

const today = '2026-03-11';
const club = generateClub({ ...DEMO_CLUB, today });
const phones = club.clients.map(({ payload }) => String(payload.phone));

test('the same seed and day give the same club, byte for byte, in memory and in the database', () => {
  expect(JSON.stringify(generateClub({ ...DEMO_CLUB, today }))).toBe(JSON.stringify(club));
  const dumps = [0, 1].map(() => {
    const store = new BookingStore(new DatabaseSync(':memory:'));
    store.load(generateClub({ ...DEMO_CLUB, today }));
    return store.dump();
  });
  expect(dumps[0]).toBe(dumps[1]);
});

test('another seed gives another club', () => {
  expect(JSON.stringify(generateClub({ ...DEMO_CLUB, seed: 7, today }))).not.toBe(JSON.stringify(club));
});

test('a first sync of the club takes about 220 pages', () => {
  const pages = (rows: unknown[], size: number) => Math.ceil(rows.length / size) + 1;
  const total =
    2 * pages(club.clients, 200) +
    pages(club.records, 200) +
    pages(club.transactions, 200) +
    pages(club.goods, 200) +
    pages(club.memberships, 100);
  expect(club.records.length).toBeGreaterThan(25_000);
  expect(club.records.length).toBeLessThan(30_000);
  expect(total).toBeGreaterThan(200);
  expect(total).toBeLessThan(240);
});

describe.each(['2026-03-11', '2026-02-28', '2028-02-29', '2026-10-26', '2027-01-01'])('on %s', (date) => {
  const facts = factsOf(generateClub({ ...DEMO_CLUB, today: date }));
  const size = (segment: string) => facts.filter((fact) => fact.segment === segment).length;

  test.each([
    'vip',
    'pt_cancelled',
    'trial_dropoff',
    'lost',
    'nearly_lost',
    'going_silent',
    'at_risk',
    'regular',
    'unsegmented',
  ])('at least ten people are %s', (segment) => {
    expect(size(segment)).toBeGreaterThanOrEqual(10);
  });

  test('the scenarios have somebody to write to', () => {
    const quiet = facts.filter(
      ({ sinceLast, hasFuture }) => sinceLast >= 60 && sinceLast <= 119 && !hasFuture,
    );
    const early = facts.filter(
      ({ sinceFirst, sinceLast }) => sinceFirst >= 30 && sinceFirst <= 89 && sinceLast >= 30,
    );
    expect(quiet.length).toBeGreaterThanOrEqual(30);
    expect(early.length).toBeGreaterThanOrEqual(15);
    expect(
      facts.filter(({ sinceLast }) => sinceLast >= 120 && sinceLast <= 180).length,
    ).toBeGreaterThanOrEqual(15);
    expect(facts.filter(({ passedMilestone }) => passedMilestone).length).toBeGreaterThanOrEqual(10);
    expect(facts.some(({ sinceLast, hasFuture }) => sinceLast >= 60 && hasFuture)).toBe(true);
  });
});

test('some pay on for a membership that renews itself, and some of them have stopped coming', () => {
  const came = new Map<number, string>();
  for (const { clientId, attendance, deleted, date } of club.records) {
    if (clientId === null || attendance !== 1 || deleted === 1) continue;
    if (date > (came.get(clientId) ?? '')) came.set(clientId, date);
  }
  const running = club.memberships.filter(
    ({ typeId, statusId, expires }) =>
      typeId === AUTO_RENEWING && statusId === 2 && (expires ?? today) >= today,
  );
  const asleep = running.filter(({ clientId }) => (came.get(clientId) ?? '') < addDays(today, -60));
  expect(running.length - asleep.length).toBeGreaterThanOrEqual(10);
  expect(asleep.length).toBeGreaterThanOrEqual(5);
  expect(asleep.length).toBeLessThanOrEqual(30);
});

test('birthdays: some today, some on 29 February, some unset', () => {
  const born = club.clients.map(({ payload }) => payload.birth_date);
  expect(born.filter((date) => date?.slice(5) === today.slice(5)).length).toBeGreaterThanOrEqual(5);
  expect(born.filter((date) => date?.endsWith('-02-29')).length).toBeGreaterThanOrEqual(3);
  expect(born).toContain('1970-01-01');
  expect(born).toContain(null);
  for (const date of born) {
    if (date !== null) expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
  }
});

test('phones are real but for a few that are missing, wrong or shared', () => {
  const invalid = phones.filter(
    (phone) => phone !== '' && !isValidPhoneNumber(phone.replace(/^(?!\+)/, '+')),
  );
  expect(invalid.length).toBeGreaterThanOrEqual(2);
  expect(invalid.length).toBeLessThanOrEqual(4);
  expect(phones.filter((phone) => phone === '').length).toBe(8);
  const digits = phones.filter((phone) => phone !== '').map((phone) => phone.replace(/\D/g, ''));
  expect(digits.length - new Set(digits).size).toBe(3);
});

test('every community has its own prefixes, and about a third of the others name their language', () => {
  const of = (community: string) => club.clients.filter((client) => client.community === community);
  const prefixes = (community: string) =>
    new Set(of(community).map(({ payload }) => String(payload.phone).replace('+', '').slice(0, 3)));
  expect([...prefixes('uk')]).toEqual(expect.arrayContaining(['380', '420']));
  expect([...prefixes('en')]).toEqual(expect.arrayContaining(['447', '420']));
  expect([...prefixes('bg')]).toContain('359');
  const others = club.clients.filter(({ community }) => community !== 'cs');
  const hinted = others.filter(
    ({ payload, community }) =>
      'language' in payload.custom_fields && payload.custom_fields['language'] === community,
  );
  expect(hinted.length / others.length).toBeGreaterThan(0.25);
  expect(hinted.length / others.length).toBeLessThan(0.45);
  expect(of('cs').every(({ payload }) => !('language' in payload.custom_fields))).toBe(true);
});

test('nothing has happened yet today, so the hour of generating makes no difference', () => {
  const newest = [...club.records, ...club.clients, ...club.goods, ...club.transactions].map(
    ({ lastChange }) => lastChange,
  );
  expect(newest.every((wall) => wall < `${today}T00:00:00`)).toBe(true);
  expect(club.records.every(({ created }) => created < `${today}T00:00:00`)).toBe(true);
});
