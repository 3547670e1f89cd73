import { expect, test } from 'vitest';
import { counted, formatMoney, formatValue } from '../../../web/src/lib/format/number.ts';

// Intl separates a currency from its amount with a no-break space.
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

test('money is shown in whole units of its currency, whose minor units are as many as it has', () => {
  expect(plain(formatMoney(123_456_789, 'CZK'))).toBe('CZK 1,234,568');
  expect(plain(formatMoney(1_234, 'JPY'))).toBe('JP¥1,234');
  expect(plain(formatMoney(-4_990, 'EUR'))).toBe('-€50');
});

test('a share is a percentage, clients are whole, visits per client have one decimal', () => {
  expect(formatValue(0.4567, 'share', 'CZK')).toBe('45.7%');
  expect(formatValue(1, 'share', 'CZK')).toBe('100%');
  expect(formatValue(12_345, 'clients', 'CZK')).toBe('12,345');
  expect(formatValue(3, 'visits', 'CZK')).toBe('3.0');
});

test('one is singular, all else is plural', () => {
  expect(counted(1, 'message', 'messages')).toBe('1 message');
  expect(counted(0, 'message', 'messages')).toBe('0 messages');
});
