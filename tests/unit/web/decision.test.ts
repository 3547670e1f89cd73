import { describe, expect, it } from 'vitest';
import { decisionForm } from '../../../web/src/lib/decision-form.ts';
import { MESSAGE_FILTERS, messageFilter } from '../../../web/src/lib/message-filter.ts';
import { REJECTION_REASONS } from '../../../web/src/lib/rejection.ts';
import { messages } from '../../../web/src/lib/words/messages.ts';
import { rejectionReasonWords, rejectionWords } from '../../../web/src/lib/words/rejection.ts';

const draft = { draft: '6f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b', version: '2' };

describe('the form of a decision', () => {
  it('takes an approval', () => {
    expect(decisionForm.parse({ ...draft, decision: 'approved' })).toMatchObject({ version: 2 });
  });

  it('takes each reason of a rejection, and none', () => {
    for (const reason of REJECTION_REASONS)
      expect(decisionForm.parse({ ...draft, decision: 'rejected', reason })).toMatchObject({ reason });
    expect(decisionForm.parse({ ...draft, decision: 'rejected', reason: '' })).toMatchObject({
      reason: null,
    });
  });

  it.each([
    [{ decision: 'rejected', reason: 'ugly' }],
    [{ decision: 'rejected' }],
    [{ decision: 'snoozed' }],
    [{ decision: 'approved', version: '0' }],
    [{ decision: 'approved', draft: 'all' }],
  ])('refuses %o', (fields) => {
    expect(decisionForm.safeParse({ ...draft, ...fields }).success).toBe(false);
  });
});

describe('who decided', () => {
  it.each([
    ['operator:me', 'me', 'you'],
    ['operator:her', 'eva', 'eva, in the dashboard'],
    ['operator:her', null, 'a colleague, in the dashboard'],
    ['telegram:7001', 'Petra', 'Petra, in Telegram'],
    ['telegram:7001', null, 'a moderator, in Telegram'],
    ['system:autonomy', null, 'the club’s own rule, without a person'],
    [null, null, 'the club’s own rule, without a person'],
  ])('%s, called %s, is %s', (actor, name, text) => {
    expect(messages.whoDecided(actor, name, 'me')).toBe(text);
  });
});

describe('a rejection in words', () => {
  it('names its reason, says when there is none, and keeps what an older one says', () => {
    expect(rejectionReasonWords('wrong_time')).toBe('Wrong time');
    expect(rejectionReasonWords(null)).toBe('No reason given');
    expect(rejectionReasonWords('too pushy')).toBe('too pushy');
    expect(rejectionReasonWords('toString')).toBe('toString');
  });

  it('says what “never this person” does', () => {
    expect(rejectionWords.never('Eva')).toContain('stops every message to Eva');
  });
});

it('the history is asked for by the filters there are, and shows all for any other', () => {
  for (const filter of MESSAGE_FILTERS) expect(messageFilter(filter)).toBe(filter);
  for (const other of [null, '', 'toString', 'Rejected']) expect(messageFilter(other)).toBe('all');
});
