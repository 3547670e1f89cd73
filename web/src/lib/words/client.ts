import { counted } from '#lib/format/number.ts';

export const clientWords = {
  nameless: 'Without a name',
  externalId: (id: string) => `No. ${id} on the platform`,
  unknown: 'Nobody is known by this number. They may have been deleted on the booking platform.',
  now: 'Today',
  unsegmented: 'No rule holds: a newcomer, or somebody who comes now and then.',
  rules: {
    title: 'What else could apply',
    lead: 'Every rule, in order, asked of this person today. The first that holds wins.',
    applies: 'Applies',
    holds: 'Holds too',
    not: 'Does not hold',
    facts: 'This person',
    thresholds: 'The rule',
  },
  forecast: { title: 'Still coming?' },
  changes: {
    title: 'How they moved',
    none: 'They have been where they are since the history begins.',
    more: (shown: number, all: number) => `The newest ${shown} of ${counted(all, 'change', 'changes')}.`,
  },
};
