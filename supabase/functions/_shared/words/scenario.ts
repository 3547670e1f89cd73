// What the scenarios and segments are called in the moderation chat. The English names are the database's own, and so is any other
// that is not here.
import type { Language } from '../../../../shared/draft-checks/draft.ts';

type OtherLanguage = Exclude<Language, 'en'>;

const SCENARIOS: Record<string, Record<OtherLanguage, string>> = {
  birthday: {
    cs: 'Narozeniny',
    uk: 'День народження',
    ru: 'День рождения',
    bg: 'Рожден ден',
  },
  milestone: { cs: 'Milník', uk: 'Ювілейний візит', ru: 'Юбилейный визит', bg: 'Юбилейно посещение' },
  pt_dropout: {
    cs: 'Konec osobních tréninků',
    uk: 'Перерва в персональних тренуваннях',
    ru: 'Перерыв в персональных тренировках',
    bg: 'Спрени персонални тренировки',
  },
  last_chance: {
    cs: 'Poslední šance',
    uk: 'Останній шанс',
    ru: 'Последний шанс',
    bg: 'Последен шанс',
  },
  reactivation: { cs: 'Reaktivace', uk: 'Повернення', ru: 'Возвращение', bg: 'Връщане' },
  one_off: {
    cs: 'Jednorázová kampaň',
    uk: 'Разова кампанія',
    ru: 'Разовая кампания',
    bg: 'Еднократна кампания',
  },
};

const SEGMENTS: Record<string, Record<OtherLanguage, string>> = {
  vip: { cs: 'VIP', uk: 'VIP', ru: 'VIP', bg: 'VIP' },
  pt_cancelled: {
    cs: 'Skončil s osobními tréninky',
    uk: 'Припинив персональні',
    ru: 'Прекратил персональные',
    bg: 'Спрял персоналните',
  },
  trial_dropoff: {
    cs: 'Jen zkušební lekce',
    uk: 'Лише пробне',
    ru: 'Только пробное',
    bg: 'Само пробна',
  },
  lost: { cs: 'Ztracený', uk: 'Втрачений', ru: 'Потерянный', bg: 'Загубен' },
  nearly_lost: { cs: 'Skoro ztracený', uk: 'Майже втрачений', ru: 'Почти потерянный', bg: 'Почти загубен' },
  going_silent: { cs: 'Utichá', uk: 'Затихає', ru: 'Затихает', bg: 'Затихва' },
  at_risk: { cs: 'Ohrožený', uk: 'Під загрозою', ru: 'Под угрозой', bg: 'Рисков' },
  regular: { cs: 'Pravidelný', uk: 'Постійний', ru: 'Постоянный', bg: 'Редовен' },
};

export const scenarioInWords = (code: string, name: string, language: Language): string =>
  language === 'en' ? name : (SCENARIOS[code]?.[language] ?? name);

export const segmentInWords = (
  code: string | null,
  name: string | null,
  language: Language,
): string | null => (language === 'en' || code === null ? name : (SEGMENTS[code]?.[language] ?? name));
