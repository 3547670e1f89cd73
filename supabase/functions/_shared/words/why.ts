// Why this member and why now, in the language of the moderation chat, from the facts that the message was planned with. English is
// the database's own sentence, and so is what is said of anything that is not here.
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { counting } from './counted.ts';

export interface Reason {
  scenario: string;
  why: string;
  variables: Record<string, unknown>;
}

interface WhyWords {
  daysAgo(days: number): string;
  visits(count: number): string;
  away(ago: string, visits: string): string;
  birthday(ago: string | null): string;
  milestone(milestone: number, visits: string): string;
  ptDropout(ptAgo: string, ago: string): string;
}

/** "3 days ago", "yesterday", as the language says it. */
function relativeDays(language: Language): (days: number) => string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return (days) => format.format(-days, 'day');
}

const WORDS: Record<Exclude<Language, 'en'>, WhyWords> = {
  cs: {
    daysAgo: relativeDays('cs'),
    visits: counting('cs', { one: '# návštěva', few: '# návštěvy', other: '# návštěv' }),
    away: (ago, visits) => `naposledy ${ago}, celkem ${visits}`,
    birthday: (ago) => `dnes má narozeniny; ${ago === null ? 'zatím tu nebyl(a)' : `naposledy ${ago}`}`,
    milestone: (milestone, visits) => `${milestone}. návštěva byla v posledních 7 dnech: celkem ${visits}`,
    ptDropout: (ptAgo, ago) => `poslední osobní trénink ${ptAgo}; poslední návštěva ${ago}`,
  },
  uk: {
    daysAgo: relativeDays('uk'),
    visits: counting('uk', { one: '# візит', few: '# візити', many: '# візитів', other: '# візиту' }),
    away: (ago, visits) => `останній візит ${ago}, усього ${visits}`,
    birthday: (ago) =>
      `сьогодні день народження; ${ago === null ? 'ще не було жодного візиту' : `останній візит ${ago}`}`,
    milestone: (milestone, visits) => `${milestone}-й візит був за останні 7 днів: усього ${visits}`,
    ptDropout: (ptAgo, ago) => `останнє персональне тренування ${ptAgo}; останній візит ${ago}`,
  },
  ru: {
    daysAgo: relativeDays('ru'),
    visits: counting('ru', { one: '# визит', few: '# визита', many: '# визитов', other: '# визита' }),
    away: (ago, visits) => `последний визит ${ago}, всего ${visits}`,
    birthday: (ago) =>
      `сегодня день рождения; ${ago === null ? 'ещё не было ни одного визита' : `последний визит ${ago}`}`,
    milestone: (milestone, visits) => `${milestone}-й визит был за последние 7 дней: всего ${visits}`,
    ptDropout: (ptAgo, ago) => `последняя персональная тренировка ${ptAgo}; последний визит ${ago}`,
  },
  bg: {
    daysAgo: relativeDays('bg'),
    visits: counting('bg', { one: '# посещение', other: '# посещения' }),
    away: (ago, visits) => `последно посещение ${ago}, общо ${visits}`,
    birthday: (ago) =>
      `днес има рожден ден; ${ago === null ? 'още не е идвал(а)' : `последно посещение ${ago}`}`,
    milestone: (milestone, visits) => `${milestone}-ото посещение беше през последните 7 дни: общо ${visits}`,
    ptDropout: (ptAgo, ago) => `последна персонална тренировка ${ptAgo}; последно посещение ${ago}`,
  },
};

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

export function whyInWords({ scenario, why, variables }: Reason, language: Language): string {
  if (language === 'en') return why;
  const words = WORDS[language];
  const days = numberOf(variables.days_since_last_visit);
  const visits = numberOf(variables.visits_total);
  const milestone = numberOf(variables.milestone);
  const ptDays = numberOf(variables.days_since_last_pt_visit);
  const ago = days === null ? null : words.daysAgo(days);
  switch (scenario) {
    case 'birthday':
      return words.birthday(ago);
    case 'milestone':
      return milestone === null || visits === null ? why : words.milestone(milestone, words.visits(visits));
    case 'pt_dropout':
      return ptDays === null || ago === null ? why : words.ptDropout(words.daysAgo(ptDays), ago);
    case 'last_chance':
    case 'reactivation':
      return ago === null || visits === null ? why : words.away(ago, words.visits(visits));
    default:
      return why;
  }
}
