import { expect, test } from 'vitest';
import { groupPreview } from '../../../web/src/lib/preview.ts';
import type { PreviewRow } from '../../../web/src/lib/preview.ts';
import { previewWords } from '../../../web/src/lib/words/preview.ts';

const row = (client: number, reason: string | null, clients: number): PreviewRow => ({
  ...{ client_id: client, external_id: String(client), name: `Client ${client}` },
  ...{ segment: 'Lost', why: 'last visit 90 days ago' },
  ...{ skip_reason: reason, clients },
});

test('a preview parts who gets it from the reasons of the others, the most frequent first', () => {
  const { gets, planned, others } = groupPreview([
    row(1, null, 3),
    row(2, null, 3),
    row(3, 'cooldown', 1),
    row(4, 'holdout', 7),
    row(5, 'planned_today', 2),
  ]);
  expect(gets).toMatchObject({ clients: 3, people: [{ client_id: 1 }, { client_id: 2 }] });
  expect(planned).toMatchObject({ clients: 2, people: [{ client_id: 5 }] });
  expect(others.map(({ reason, clients }) => [reason, clients])).toEqual([
    ['holdout', 7],
    ['cooldown', 1],
  ]);
});

test('a preview of what fits nobody has nobody anywhere', () => {
  const nobody = { clients: 0, people: [] };
  expect(groupPreview([])).toEqual({ gets: nobody, planned: nobody, others: [] });
});

test('how many are not shown is said', () => {
  expect(previewWords.shown(25, 1_200)).toBe('the first 25 of 1,200 clients, by name');
  expect(previewWords.reason('no_phone', 1)).toBe('1 client: there is no valid phone number');
});
