import { expect, test } from 'vitest';
import { ownPath } from '../../../web/src/lib/server/own-path.ts';

test('a path of the dashboard is kept with its query', () => {
  expect(ownPath('/clubs/1/messages?show=sent')).toBe('/clubs/1/messages?show=sent');
});

test.each([
  null,
  '',
  'clubs/1',
  'https://evil.example/',
  '//evil.example/x',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
])('going on to %j after signing in ends on the own start page', (next) => {
  expect(ownPath(next)).toBe('/');
});
