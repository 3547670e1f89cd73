import { describe, expect, it } from 'vitest';
import { actionOf } from '../../../supabase/functions/send-messages/error-actions.ts';

const act = (code: number, status = 400, subcode?: number) => {
  const { outcome, action } = actionOf(code, subcode, status);
  return `${outcome}/${action}`;
};

describe('An error of Meta', () => {
  it.each([1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004])(
    '%i passes: try again',
    (code) => {
      expect(act(code)).toBe('retry/none');
    },
  );

  it.each([131049, 130472, 131051, 131008, 131009, 100, 131021, 33, 131062, 135000])(
    '%i ends the message',
    (code) => {
      expect(act(code)).toBe('final/none');
    },
  );

  it.each([131050, 131026, 130497])('%i ends all messages to the member', (code) =>
    expect(act(code)).toBe('final/suppress'),
  );

  it('131047 ends the message and the 24 hours of its member', () => {
    expect(act(131047)).toBe('final/close_window');
  });

  it.each([132000, 132001, 132005, 132007, 132012, 132018, 132015, 132016, 132068, 132069])(
    '%i stops the template',
    (code) => {
      expect(act(code)).toBe('final/stop_template');
    },
  );

  it.each([
    131048, 131064, 131037, 131042, 131031, 368, 0, 190, 3, 10, 200, 299, 131005, 131045, 133000, 133010,
    133016, 131063,
  ])('%i stops the number, and the message waits', (code) => expect(act(code)).toBe('retry/stop_number'));

  it('100 about an id that does not exist stops the number: our own settings are wrong', () => {
    expect(act(100, 400, 33)).toBe('retry/stop_number');
  });

  it('nobody knows ends the message, or is tried again a few times when Meta itself is in trouble', () => {
    expect(act(999_999, 400)).toBe('final/none');
    expect(actionOf(999_999, undefined, 500)).toMatchObject({ outcome: 'retry', mostAttempts: 3 });
  });
});
