import { counted, formatCount } from '#lib/format/number.ts';
import { reasonWords } from './skip-reason.ts';

const clients = (count: number) => counted(count, 'client', 'clients');

export const previewWords = {
  gets: {
    title: (isOn: boolean) => (isOn ? 'Who gets it today' : 'Who would get it today'),
    lead: (isOn: boolean) =>
      isOn
        ? 'As of now. The next planning decides, a few minutes apart.'
        : 'As if it were switched on now. Nothing is planned or sent by looking.',
    none: 'Nobody.',
  },
  planned: 'Their message of today is already planned',
  others: {
    title: (isOn: boolean) => (isOn ? 'Who does not, and why' : 'Who would not, and why'),
    lead: 'The first reason counts; once it is gone, another may take its place.',
    none: 'Everybody it fits would get it.',
  },
  /** "12 clients: there is no valid phone number" */
  reason: (code: string, count: number) => `${clients(count)}: ${reasonWords(code)}`,
  clients,
  shown: (shown: number, all: number) =>
    shown === all ? clients(all) : `the first ${formatCount(shown)} of ${clients(all)}, by name`,
  noSegment: 'Unsegmented',
  fitsNobody: 'It fits nobody today.',
};
