import { describe, expect, it } from 'vitest';
import { formWords } from '../../../web/src/lib/words/message-form.ts';
import { reasonWords } from '../../../web/src/lib/words/skip-reason.ts';

describe('How a message travels', () => {
  it('is said with its end while it has not gone out', () => {
    expect(formWords('free_text', '14:05')).toBe(
      'Full message: the member wrote within 24 hours; expires 14:05.',
    );
    expect(formWords('free_text', null)).toBe('Full message: the member wrote within 24 hours.');
  });

  it('is a line in a template for everybody else, whenever it expires', () => {
    expect(formWords('template', '14:05')).toBe(formWords('template', null));
    expect(formWords('template', null)).toContain('approved template');
  });

  it('has words for a window that closed', () => {
    expect(reasonWords('window_closed')).toContain('24 hours');
  });
});
