import { expect, test } from 'vitest';
import { concernedCodes, flowTable, movedClients } from '../../../web/src/lib/flow.ts';

const flows = [
  { from: 'regular', to: 'at_risk', clients: 5 },
  { from: 'at_risk', to: 'regular', clients: 2 },
  { from: 'regular', to: 'regular', clients: 90 },
  { from: 'vip', to: 'vip', clients: 7 },
];
const codes = ['vip', 'at_risk', 'regular'];

test('who stayed stands in the table and in none of its sums', () => {
  expect(flowTable(flows, codes)).toEqual({
    rows: [
      { code: 'vip', cells: [7, 0, 0], moved: 0 },
      { code: 'at_risk', cells: [0, 0, 2], moved: 2 },
      { code: 'regular', cells: [0, 5, 90], moved: 5 },
    ],
    moved: [0, 5, 2],
    total: 7,
  });
  expect(movedClients(flows)).toBe(7);
});

test('segments that nobody left or came into concern nobody', () => {
  expect(concernedCodes(flows, codes)).toEqual(['at_risk', 'regular']);
  expect(concernedCodes(flows.slice(2), codes)).toEqual([]);
});
