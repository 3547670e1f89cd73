import { counted, formatCount } from '#lib/format/number.ts';

const units = {
  days: () => 'days',
  visits: () => 'visits',
  money: (currency: string) => currency,
};

export const thresholdWords = {
  title: 'Thresholds',
  lead: 'The numbers in the rules of the segments. Look at what a change would do before you save it.',
  units,
  usual: (value: string) => `Usually ${value}`,
  usuallyEmpty: 'Usually empty',
  percentile: 'the top tenth',
  preview: 'Preview',
  save: 'Save',
  readOnly: 'Only an owner or operator of the club may change these.',
  empty: (title: string) => `“${title}” is empty: it needs a number.`,
  notANumber: (title: string, typed: string) => `“${title}” is no number: ${typed.slice(0, 60)}`,
  notWhole: (title: string, typed: string) => `“${title}” must be a whole number, not ${typed.slice(0, 60)}.`,
  refused: 'Nothing was saved',
  notCurrent: 'The numbers in the form are others by now: preview them again.',
  foreseen: {
    title: 'What would happen',
    table: 'Who would move: from the segment of a row to the segment of a column',
    none: 'Nobody would move. Nothing is saved yet.',
    some: (moving: number, all: number) =>
      `${formatCount(moving)} of ${counted(all, 'client', 'clients')} would move. Nothing is saved yet.`,
  },
  saved: (moved: number) =>
    moved === 0 ? 'Saved. Nobody moved.' : `Saved. ${counted(moved, 'client', 'clients')} moved.`,
  same: 'These are the numbers that are saved already.',
};
