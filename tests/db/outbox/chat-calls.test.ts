import fc from 'fast-check';
import type { Sql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const START = Date.parse('2026-06-15T10:00:00Z');
let chats = 0;

/** A chat of its own for each test; a group's id is negative. */
const newChat = (isGroup = true) => `${isGroup ? '-' : ''}${100 + ++chats}`;

/** The moment of a call asked for at a moment, in milliseconds since the start; null when that would be too late. */
async function take(chat: string, at: number, longestWait = 600_000, lane = 'send', sql: Sql = clubs.sql) {
  const [row] = await sql<{ wait: number | null }[]>`
    select outbox.take_chat_call(${chat}, ${lane}, ${longestWait}, ${new Date(START + at)}) as wait`;
  return row!.wait === null ? null : at + row!.wait;
}

describe('calls to a group', () => {
  it('come at most one a second and twenty a minute, whenever they are asked for', async () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 30, maxLength: 45 });
    await fc.assert(
      fc.asyncProperty(pauses, async (asked) => {
        const chat = newChat();
        let at = 0;
        const calls: number[] = [];
        for (const pause of asked) {
          at += pause;
          calls.push((await take(chat, at))!);
        }
        for (const [index, call] of calls.entries()) {
          if (index >= 1) expect(call - calls[index - 1]!).toBeGreaterThanOrEqual(1000);
          if (index >= 20) expect(call - calls[index - 20]!).toBeGreaterThan(60_000);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('are reserved once by workers that ask at the same moment', async () => {
    const chat = newChat();
    const calls = await Promise.all(Array.from({ length: 10 }, () => take(chat, 0)));
    expect(calls.sort((one, other) => one! - other!)).toEqual(
      Array.from({ length: 10 }, (_, second) => second * 1000),
    );
  });

  it('that would come too late are not reserved', async () => {
    const chat = newChat();
    await take(chat, 0);
    expect(await take(chat, 0, 900)).toBeNull();
    expect(await take(chat, 0, 1000)).toBe(1000);
  });

  it('that send and those that change do not wait for each other', async () => {
    const chat = newChat();
    for (let call = 0; call < 20; call += 1) await take(chat, 0, 600_000, 'send');
    expect(await take(chat, 0, 600_000, 'edit')).toBe(0);
  });

  it('all wait as long as Telegram asked for', async () => {
    const chat = newChat();
    await clubs.sql`select outbox.hold_chat(${chat}, 17, ${new Date(START)})`;
    expect(await take(chat, 0)).toBe(17_000);
    expect(await take(chat, 0, 600_000, 'edit')).toBe(17_000);
    // A shorter hold does not shorten a longer one.
    await clubs.sql`select outbox.hold_chat(${chat}, 3, ${new Date(START)})`;
    expect(await take(chat, 2000)).toBe(18_000);
  });
});

it('A private chat takes one a second, however many a minute', async () => {
  const chat = newChat(false);
  const calls = await Promise.all(Array.from({ length: 30 }, () => take(chat, 0)));
  expect(Math.max(...calls.map(Number))).toBe(29_000);
});

describe('the queue of a chat', () => {
  const lease = async (chat: string, token: string, at: number) => {
    const [row] = await clubs.sql<{ is_mine: boolean }[]>`
      select outbox.lease_chat(${chat}, ${token}, 45, ${new Date(START + at)}) as is_mine`;
    return row!.is_mine;
  };
  const [one, other] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

  it('has one worker at a time, another only when that one has gone or died', async () => {
    const chat = newChat();
    expect(await lease(chat, one, 0)).toBe(true);
    expect(await lease(chat, other, 1000)).toBe(false);
    expect(await lease(chat, one, 2000)).toBe(true);
    expect(await lease(chat, other, 46_000)).toBe(false);
    expect(await lease(chat, other, 47_000)).toBe(true);
    // Who was late has lost it, and cannot give away what is another's.
    await clubs.sql`select outbox.release_chat(${chat}, ${one})`;
    expect(await lease(chat, one, 48_000)).toBe(false);
    await clubs.sql`select outbox.release_chat(${chat}, ${other})`;
    expect(await lease(chat, one, 48_000)).toBe(true);
  });
});
