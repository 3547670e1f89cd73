import { expect, test } from 'vitest';
import { messageKey, parseMessageKey } from '../../../web/src/lib/server/db/message-key.ts';

const ID = '0b9f2c1e-7d0a-4a51-9f6e-0d8b0b1a2c3d';
const AT = '2026-03-01T09:00:00.123456+00:00';

test('a key survives the address bar with every digit of its instant', () => {
  const text = new URLSearchParams({ before: messageKey(AT, ID) });
  expect(parseMessageKey(new URLSearchParams(text.toString()).get('before'))).toEqual({
    queuedAt: AT,
    messageId: ID,
  });
});

test.each([
  null,
  '',
  AT,
  `${AT}~`,
  `~${ID}`,
  `${AT}~${ID}~x`,
  `${AT}"),or(1.eq.1~${ID}`,
  `yesterday~${ID}`,
  `${AT}~${ID})`,
])('%j is no key', (text) => {
  expect(parseMessageKey(text)).toBeNull();
});
