import { counted } from '#lib/format/number.ts';
import type { Told } from './messages.ts';

export const incidentWords = {
  title: 'These numbers may be wrong',
  since: (since: string) =>
    `First noticed ${since}. Nothing is mended by itself: numbers that were wrong once are wrong for a reason.`,
  failed: (since: string) =>
    `A step that keeps the numbers up to date has been failing since ${since}. It is tried again by itself; until then the numbers stand still.`,
  repair: 'Recompute these clients',
  cannot: 'An owner or operator of the club can have them recomputed.',
  fields: 'What differs',
  first: (shown: number, all: number) =>
    all > shown
      ? `The first ${shown} of ${counted(all, 'client', 'clients')}`
      : counted(shown, 'client', 'clients'),
  columns: ['Client', 'Field', 'Stored', 'Recomputed'],
  client: (id: number) => `Client ${id}`,
  missing: 'nothing',
  notAllowed: 'Only an owner or operator of the club may have its numbers recomputed.',
  failedRepair: 'There was no answer. Look again in a minute, before you try once more.',
};

export function repairedWords(clients: number): Told {
  return clients === 0
    ? { tone: 'info', text: 'There is nothing left to recompute: somebody was faster.' }
    : { tone: 'success', text: `Recomputed: ${counted(clients, 'client', 'clients')}.` };
}
