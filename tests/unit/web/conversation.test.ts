import { describe, expect, it } from 'vitest';
import {
  answerPreview,
  conversationFilter,
  hasOpenWindow,
  templateKey,
} from '../../../web/src/lib/conversation.ts';
import type { Conversation, ThreadMessage } from '../../../web/src/lib/conversation.ts';
import { answerForm, templateForm } from '../../../web/src/lib/answer-form.ts';
import { closedWords, conversationWords as words } from '../../../web/src/lib/words/conversation.ts';

const NOW = '2026-05-01T10:00:00Z';
const CLOCK = { timeZone: 'Europe/Prague', now: NOW };
const ID = '0b9f2c1e-7d0a-4a51-9f6e-0d8b0b1a2c3d';

const conversation: Conversation = {
  ...{ conversation_id: 1, client_id: 2, member: 'Eva', phone: '+420777000001', kind: 'reply' },
  ...{ opened_at: NOW, last_inbound_at: NOW, last_message: 'Hello', answered_at: null },
  ...{ is_open: true, window_closes_at: null, needs: 'answer' },
};

const message: ThreadMessage = {
  ...{ key: 'a', kind: 'answer', text: 'Yes', language: 'cs', at: NOW },
  ...{ author: null, status: 'sent', delivery: null },
};

describe('the 24 hours after a member wrote', () => {
  it('are open until their last millisecond', () => {
    expect(hasOpenWindow({ window_closes_at: '2026-05-01T10:00:00.001Z' }, NOW)).toBe(true);
    expect(hasOpenWindow({ window_closes_at: NOW }, NOW)).toBe(false);
    expect(hasOpenWindow({ window_closes_at: null }, NOW)).toBe(false);
  });

  it('are said with their end, by the club’s clock, and how far it is', () => {
    const open = { window_closes_at: '2026-05-01T13:30:00Z' };
    expect(words.window(open, CLOCK)).toBe('Answer freely until 15:30, in 4 hours');
    expect(words.window({ window_closes_at: null }, CLOCK)).toContain('Only a template');
  });
});

describe('the state of a conversation', () => {
  it.each([
    [{}, 'Needs an answer'],
    [{ needs: 'decision' as const }, 'Unclear wish'],
    [{ needs: null }, 'Answered'],
    [{ is_open: false }, 'Closed'],
  ])('%j', (fields, label) => {
    expect(words.state({ ...conversation, ...fields }).label).toBe(label);
  });

  it('is open unless closed ones are asked for', () => {
    expect([null, '', 'closed', 'constructor'].map(conversationFilter)).toEqual([
      'open',
      'open',
      'closed',
      'open',
    ]);
  });
});

describe('a message of the thread', () => {
  it('says who wrote it', () => {
    const from = (fields: Partial<ThreadMessage>) => words.from({ ...message, ...fields }, 'Eva', 'me');
    expect(from({ kind: 'inbound' })).toBe('Eva');
    expect(from({ author: 'operator:me' })).toBe('you');
    expect(from({ author: 'operator:other' })).toBe('a colleague');
    expect(from({ kind: 'confirmation' })).toBe('Stop confirmed');
  });

  it('says what became of it: the delivery once there is one, else how far it is', () => {
    expect(words.sent({ ...message, delivery: 'read' })).toEqual({ label: 'Read', isBad: false });
    expect(words.sent({ ...message, delivery: 'failed' })).toEqual({ label: 'Not delivered', isBad: true });
    expect(words.sent({ ...message, status: 'dead' })).toEqual({ label: 'Not sent', isBad: true });
    expect(words.sent({ ...message, status: null })).toBeNull();
  });
});

describe('an answer in a template', () => {
  const template = {
    ...{
      template_name: 'answer_v1',
      template_language: 'cs',
      body: 'Hi! {{message}} Bye.',
      footer: 'The club',
    },
    has_message: true,
  };

  it('shows the line in its place, whatever is in it', () => {
    expect(answerPreview(template, ' $& and $1 ')).toBe('Hi! $& and $1 Bye.\n\nThe club');
    expect(answerPreview({ ...template, footer: null }, '')).toBe('Hi! … Bye.');
  });

  it('is chosen by name and language, and by nothing else', () => {
    const form = { answer: ID, message: 'Yes', template: templateKey(template) };
    expect(templateForm.parse(form).template).toEqual({ name: 'answer_v1', language: 'cs' });
    for (const key of ['', 'answer_v1', 'a/b/c', '../x/cs', 'a/cs;']) {
      expect(templateForm.safeParse({ ...form, template: key }).success).toBe(false);
    }
  });
});

it('an answer has words and an id of its own', () => {
  expect(answerForm.safeParse({ answer: ID, message: '  ' }).success).toBe(false);
  expect(answerForm.safeParse({ answer: 'x', message: 'Yes' }).success).toBe(false);
  expect(answerForm.parse({ answer: ID, message: ' Yes\n' }).message).toBe('Yes');
});

it('closing says whether somebody was faster', () => {
  expect(closedWords(true).tone).toBe('success');
  expect(closedWords(false).tone).toBe('info');
});
