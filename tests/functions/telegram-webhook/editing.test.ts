import { describe, expect, it } from 'vitest';
import { judgeEdit, toLine, toRefusalText } from '../../../supabase/functions/telegram-webhook/editing.ts';
import type { EditingTask } from '../../../supabase/functions/telegram-webhook/editing.ts';

const task: EditingTask = {
  language: 'en',
  form: 'template',
  facts: [
    { id: 'visits_total', value: 31 },
    { id: 'offer_1', value: 'a free coffee' },
    { id: 'offer_2', value: 'a free towel' },
  ],
  address: 'Eva',
  voice: { version: 1, forbidden_words: ['synergy'] },
  last_message: null,
  frame: 'Hello from Vltava Fit. {{message}}\n\nCommercial communication. Reply STOP to get no more.',
  has_opt_out_button: false,
  max_length: 200,
  version: 1,
  message: 'We keep a place for you.',
};

describe('new words', () => {
  it('become one line', () => {
    expect(toLine('  Come\nby, \t we  keep a place. ')).toBe('Come by, we keep a place.');
  });

  it('may use every fact and any offer of the club, and promise nothing else', () => {
    expect(judgeEdit('You came 31 times: come by for a free towel.', task)).toEqual({
      message: 'You came 31 times: come by for a free towel.',
      warnings: [],
    });
    expect(judgeEdit('Come by for a free towel and a discount.', task)).toEqual({
      problems: [expect.stringContaining('no offer among the facts allows it')],
    });
  });

  it('may address the member', () => {
    expect(judgeEdit('Hello {first_name}, we keep a place for you.', task)).toMatchObject({
      message: 'Hello Eva, we keep a place for you.',
    });
  });

  it('are refused as those of Claude are', () => {
    expect(judgeEdit('Synergy awaits you in our club today.', task)).toHaveProperty('problems');
    expect(judgeEdit('', task)).toEqual({ problems: ['The message is empty.'] });
  });

  it('bring a warning when the whole message says not how to opt out', () => {
    const silent = { ...task, frame: 'Hello from Vltava Fit. {{message}}' };
    expect(judgeEdit('We keep a place for you.', silent)).toMatchObject({
      warnings: [
        'The message does not say that it is a commercial one.',
        'The message does not say how to opt out.',
      ],
    });
  });

  it('never become markup of what the bot says about them', () => {
    const html = toRefusalText(['Do not write "<b>".'], {
      id: 1,
      name: 'x',
      language: 'cs',
      isAllowed: true,
    });
    expect(html).toContain('&lt;b&gt;');
    expect(html).not.toContain('<b>');
  });
});
