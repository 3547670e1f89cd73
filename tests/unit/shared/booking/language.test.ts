import { describe, expect, it } from 'vitest';
import { clientLanguage, languageOfName } from '../../../../shared/booking/language.ts';

const nobody = { customFields: {}, phone: null, name: '' };

describe('the language of a client', () => {
  it('is what a field says, whatever else there is', () => {
    const facts = { customFields: { language: 'uk' }, phone: '+420777233893', name: 'Jiří' };
    expect(clientLanguage(facts, 'cs')).toEqual({ language: 'uk', source: 'field' });
  });

  it.each([
    [{ Lang: 'CZ' }, 'cs'],
    [{ jazyk: 'čeština' }, 'cs'],
    [{ мова: 'Українська' }, 'uk'],
    [{ язык: 'русский' }, 'ru'],
    [{ locale: 'en-GB' }, 'en'],
    [{ език: 'български' }, 'bg'],
    [{ client_language: 'ua' }, 'uk'],
  ] as const)('is read from %j', (customFields, language) => {
    expect(clientLanguage({ ...nobody, customFields }, 'cs')).toEqual({ language, source: 'field' });
  });

  it('is not read from a field about something else, or an answer that is none of ours', () => {
    for (const customFields of [
      { slang: 'uk' },
      { language: 'deutsch' },
      { language: 7 },
      { language: '' },
    ]) {
      expect(clientLanguage({ ...nobody, customFields }, 'bg').source).toBe('default');
    }
  });

  it.each([
    ['+420777233893', 'cs'],
    ['+380671234567', 'uk'],
    ['+79161234567', 'ru'],
    ['+359888123456', 'bg'],
    ['+447911123456', 'en'],
    ['+13155550177', 'en'],
  ] as const)('is that of the phone %s when no field says it', (phone, language) => {
    expect(clientLanguage({ ...nobody, phone, name: 'Олена' }, 'bg')).toEqual({ language, source: 'phone' });
  });

  it('is that of the name when the phone says nothing', () => {
    const facts = { ...nobody, phone: '+4915112345678', name: 'Олексій Шевчук' };
    expect(clientLanguage(facts, 'cs')).toEqual({ language: 'uk', source: 'name' });
  });

  it('is the club’s when nothing says otherwise', () => {
    expect(clientLanguage({ ...nobody, name: 'Anna Meyer' }, 'cs')).toEqual({
      language: 'cs',
      source: 'default',
    });
  });
});

describe('the language a name is written in', () => {
  it.each([
    ['Олексій Їжак', 'cs', 'uk'],
    ['Мария Крылова', 'uk', 'ru'],
    ['Фёдор', 'bg', 'ru'],
    ['Първан Ангелов', 'cs', 'bg'],
    ['Подъезд', 'cs', 'ru'],
    ['Марина Павлова', 'cs', 'ru'],
    ['Марина Павлова', 'bg', 'bg'],
    ['Марина Павлова', 'uk', 'uk'],
    ['Jiří Dvořák', 'en', 'cs'],
    ['Anna Meyer', 'bg', null],
    ['', 'cs', null],
  ] as const)('of %s in a club of %s is %s', (name, club, language) => {
    expect(languageOfName(name, club)).toBe(language);
  });
});
