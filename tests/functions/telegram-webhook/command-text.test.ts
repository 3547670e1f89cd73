import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import type { Language } from '../../../shared/draft-checks/draft.ts';
import { parseHtml } from '../../../stack/sandbox/telegram/html.ts';
import { commandMenu, commandWords } from '../../../supabase/functions/_shared/words/command.ts';
import { statusWords } from '../../../supabase/functions/_shared/words/status.ts';
import type { ClubState } from '../../../supabase/functions/telegram-webhook/club-state.ts';
import { toHelpText, toStatusText } from '../../../supabase/functions/telegram-webhook/command-text.ts';
import { readCommand } from '../../../supabase/functions/telegram-webhook/command.ts';

const NOW = new Date('2026-11-23T09:20:00Z');
const CLUB: ClubState = {
  club_id: 1,
  club: 'Vltava Fit',
  timezone: 'Europe/Prague',
  role: 'owner',
  mode: 'moderation',
  waiting: 3,
  being_written: 2,
  sent_today: 12,
  failures: 1,
  replies_waiting: 2,
  hold: null,
  opens_at: '09:00',
  paused_at: null,
  paused_by: null,
  is_stopped_by_whatsapp: false,
  pause_reason: null,
  last_good_sync: '2026-11-23T09:16:00Z',
  is_stale: false,
};
const show = (club: Partial<ClubState>, language: Language = 'en') =>
  parseHtml(toStatusText({ ...CLUB, ...club }, language, NOW)).text;

/** Every word of a language, whatever it is about; # stands for what is handed in. */
const wordsOf = (words: object): string[] =>
  Object.values(words).flatMap((word): string[] => {
    if (typeof word === 'string') return [word];
    if (typeof word !== 'function') return wordsOf(word as object);
    return word.length === 1 && !String(word).includes('count')
      ? [String(word('#'))]
      : [String(word.length === 1 ? word(7) : word('#', '#', '#'))];
  });

describe('The state of a club', () => {
  it.each<[Language, string[]]>([
    ['en', ['3 messages wait for approval · 2 are being written', '12 messages sent today', '4 minutes ago']],
    ['cs', ['3 zprávy čekají na schválení · 2 se právě píšou', 'Dnes odešlo 12 zpráv', 'před 4 minutami']],
    ['uk', ['3 повідомлення чекають', 'Сьогодні надіслано 12 повідомлень', '4 хвилини тому']],
    ['ru', ['3 сообщения ждут', 'Сегодня отправлено 12 сообщений', '4 минуты назад']],
    ['bg', ['3 съобщения чакат', 'Днес са изпратени 12 съобщения', 'преди 4 минути']],
  ])('counts as one counts in %s', (language, parts) => {
    const text = show({}, language);
    for (const part of parts) expect(text).toContain(part);
  });

  it('names the day of a pause that is not of today, by the wall clock of the club', () => {
    const paused = { hold: 'paused', paused_by: 'Petra', pause_reason: 'new number' } as const;
    expect(show({ ...paused, paused_at: '2026-11-22T23:30:00Z' })).toContain(
      'Paused since 00:30 by Petra: new number',
    );
    expect(show({ ...paused, paused_at: '2026-11-21T09:20:00Z' })).toContain(
      'Paused since 21 Nov, 10:20 by Petra',
    );
    expect(
      show({ ...paused, paused_at: '2026-11-23T09:20:00Z', paused_by: null, pause_reason: null }),
    ).toContain('Paused since 10:20.\n');
  });

  it.each([
    ['2026-11-23T09:19:30Z', 'Data synced now'],
    ['2026-11-23T07:21:00Z', 'Data synced 119 minutes ago'],
    ['2026-11-23T07:20:00Z', 'Data synced 2 hours ago'],
    ['2026-11-21T09:20:00Z', 'Data synced 2 days ago'],
    [null, 'Data never synced yet'],
  ])('synced at %s reads: %s', (at, words) => {
    expect(show({ last_good_sync: at })).toContain(words);
  });

  it('is never markup, whatever a club or a reason is called', () => {
    const name = fc.string({
      unit: fc.constantFrom('<', '>', '/', '&', '"', 'b', 'i', 'ж', '🥶'),
      minLength: 1,
    });
    fc.assert(
      fc.property(name, name, name, (club, by, reason) => {
        const paused = {
          hold: 'paused',
          paused_at: NOW.toISOString(),
          paused_by: by,
          pause_reason: reason,
        } as const;
        const html = toStatusText({ ...CLUB, ...paused, club }, 'en', NOW);
        expect(html.match(/<[^>]*>/g)).toEqual(['<b>', '</b>', '<i>', '</i>']);
        expect(parseHtml(html).text).toContain(`${club}\n⏸ Paused since 10:20 by ${by}: ${reason}\n`);
      }),
    );
  });
});

describe('The words of commands', () => {
  it('are there in every language, and are not the English ones', () => {
    for (const words of [commandWords, statusWords]) {
      const english = wordsOf(words.en);
      for (const language of LANGUAGES) {
        const own = wordsOf(words[language]);
        expect(own).toHaveLength(english.length);
        for (const [index, word] of own.entries()) {
          expect(word.trim(), `${language}, ${english[index]}`).not.toBe('');
          if (language !== 'en') expect(word).not.toBe(english[index]);
        }
      }
    }
  });

  it('name each number', () => {
    const { waiting, beingWritten, sentToday, failures, repliesWaiting } = statusWords.en;
    expect(waiting(0)).toBe('Nothing waits for approval');
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), fc.integer({ min: 1, max: 999 }), (language, count) => {
        for (const key of ['waiting', 'beingWritten', 'sentToday', 'failures', 'repliesWaiting'] as const)
          expect(statusWords[language][key](count)).toContain(String(count));
      }),
    );
    expect([waiting, beingWritten, sentToday, failures, repliesWaiting].map((say) => say(1))).toEqual([
      '1 message waits for approval',
      '1 is being written',
      '1 message sent today',
      '1 message failed or is uncertain: have a look',
      '1 member waits for an answer',
    ]);
  });

  it('are within what Telegram takes for a menu, and /help lists them all', () => {
    for (const language of LANGUAGES) {
      const help = toHelpText([CLUB], language);
      for (const { command, description } of commandMenu[language]) {
        expect(description.length).toBeLessThanOrEqual(256);
        expect(help).toContain(`/${command}`);
        expect(help).toContain(description);
      }
    }
  });
});

describe('A command', () => {
  it.each([
    ['/pause', { name: 'pause', rest: '' }],
    ['/Pause@Regulars_bot  the pool\nis closed ', { name: 'pause', rest: 'the pool\nis closed' }],
    ['/start ABCD-EFGH', { name: 'start', rest: 'ABCD-EFGH' }],
    ['pause', undefined],
    ['/', undefined],
    ['/pause: now', undefined],
    ['// no', undefined],
  ])('%j is read', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  it('keeps its rest word for word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (rest) => {
        expect(readCommand(`/pause ${rest}`)).toEqual({ name: 'pause', rest: rest.trim() });
      }),
    );
  });
});
