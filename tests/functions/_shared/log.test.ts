import { expect, it } from 'vitest';
import { createLog } from '../../../supabase/functions/_shared/log.ts';

const now = () => new Date('2026-11-20T09:00:00Z');

function open(secrets: (string | undefined)[] = []) {
  const lines: string[] = [];
  return {
    lines,
    log: createLog({ name: 'send-messages', now, secrets, write: (line) => void lines.push(line) }),
  };
}

it('A line is one JSON object with time, level, function and event', () => {
  const { lines, log } = open();
  log.with({ request_id: 'r1' }).info('sent', { messages: 2 });
  expect(JSON.parse(lines[0]!)).toEqual({
    at: '2026-11-20T09:00:00.000Z',
    level: 'info',
    function: 'send-messages',
    event: 'sent',
    request_id: 'r1',
    messages: 2,
  });
});

it('An error is told with its causes', () => {
  const { lines, log } = open();
  const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });
  log.error('failed', new TypeError('fetch failed', { cause }));
  expect(JSON.parse(lines[0]!).error).toEqual({
    name: 'TypeError',
    message: 'fetch failed',
    cause: { name: 'Error', message: 'connect refused', code: 'ECONNREFUSED' },
  });
});

it('An error that causes itself is told once and a few times more', () => {
  const { lines, log } = open();
  const error = new Error('round');
  error.cause = error;
  log.error('failed', error);
  expect(lines[0]!.match(/round/g)!.length).toBeLessThan(10);
});

it('A secret never shows, not even in the address a library put into its error', () => {
  const { lines, log } = open(['4200:token-of-the-bot', undefined, '']);
  log.error(
    'failed',
    new Error('error sending request for url (https://api.telegram.org/bot4200:token-of-the-bot/getMe)'),
    {
      nested: { header: 'Bearer 4200:token-of-the-bot' },
    },
  );
  expect(lines[0]).not.toContain('token-of-the-bot');
  expect(lines[0]).toContain('bot[secret]/getMe');
});
