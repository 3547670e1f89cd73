// Meta's error table as the product must act on it, written down apart from the code: what becomes of the message, its member, its
// template and the queue. https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
export interface Consequence {
  message: 'tried again' | 'dead' | 'cancelled';
  member: 'as before' | 'rests' | 'suppressed' | 'window closed';
  template: 'as before' | 'stopped';
  queue: 'goes on' | 'slower' | 'stopped';
}

const passes: Consequence = {
  message: 'tried again',
  member: 'as before',
  template: 'as before',
  queue: 'goes on',
};
const ends: Consequence = { ...passes, message: 'dead' };
const rests: Consequence = { ...ends, member: 'rests' };
const suppresses: Consequence = { ...ends, member: 'suppressed' };
const stopsTemplate: Consequence = { ...ends, template: 'stopped' };
const stopsNumber: Consequence = { ...passes, queue: 'stopped' };

const of = (consequence: Consequence, ...codes: number[]): [number, Consequence][] =>
  codes.map((code) => [code, consequence]);

export const ERROR_TABLE: [number, Consequence][] = [
  ...of(passes, 1, 2, 4, 80007, 131000, 131016, 131056, 131057, 133004),
  ...of({ ...passes, queue: 'slower' }, 130429),
  ...of(rests, 131049, 130472),
  ...of(suppresses, 131050, 131026, 130497),
  // A message by template: of one in words of our own, see free-text.test.ts.
  ...of({ ...ends, member: 'window closed' }, 131047),
  ...of(ends, 33, 100, 131008, 131009, 131021, 131051, 131062, 135000),
  ...of(stopsTemplate, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069),
  ...of(
    stopsNumber,
    ...[0, 3, 10, 190, 200, 299, 368, 2500, 131005, 131031, 131037, 131042, 131045, 131048, 131063, 131064],
    ...[133000, 133010, 133016],
  ),
];
