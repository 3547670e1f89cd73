// How the moderation chat tells what the owner is to know about drafting.
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { counting } from './counted.ts';

export interface NoticeWords {
  drafts(count: number): string;
  /** With what is reserved for drafts under way, where that is worth saying. */
  budgetMoney(budget: string, drafts: string, reserved: string | null): string;
  budgetDrafts(drafts: string, spent: string): string;
  keyRefused(reason: string): string;
  noAnswer(reason: string): string;
  noReason: string;
  open: string;
}

export const noticeWords: Record<Language, NoticeWords> = {
  en: {
    drafts: counting('en', { one: '# draft', other: '# drafts' }),
    budgetMoney: (budget, drafts, reserved) =>
      `today's drafting budget of ${budget} is used up (${drafts}${reserved === null ? '' : `, ${reserved} reserved for those under way`}). Standard texts take over until midnight. Settings → Drafting.`,
    budgetDrafts: (drafts, spent) =>
      `today's ${drafts} by Claude are written (${spent} so far). Standard texts take over until midnight. Settings → Drafting.`,
    keyRefused: (reason) =>
      `Claude refuses the key: ${reason}. Members get the standard texts until a valid ANTHROPIC_API_KEY is set. Settings → Drafting.`,
    noAnswer: (reason) =>
      `Claude has written nothing for a day: ${reason}. Members get the standard texts; each new message asks again. Settings → Drafting.`,
    noReason: 'no reason given',
    open: 'Open in dashboard',
  },
  cs: {
    drafts: counting('cs', { one: '# návrh', few: '# návrhy', other: '# návrhů' }),
    budgetMoney: (budget, drafts, reserved) =>
      `dnešní rozpočet na návrhy ${budget} je vyčerpaný (${drafts}${reserved === null ? '' : `, ${reserved} je vyhrazeno na rozepsané`}). Do půlnoci se použijí standardní texty. Nastavení → Návrhy.`,
    budgetDrafts: (drafts, spent) =>
      `dnešní limit od Claude je napsaný: ${drafts} (zatím ${spent}). Do půlnoci se použijí standardní texty. Nastavení → Návrhy.`,
    keyRefused: (reason) =>
      `Claude odmítá klíč: ${reason}. Členové dostávají standardní texty, dokud nenastavíte platný ANTHROPIC_API_KEY. Nastavení → Návrhy.`,
    noAnswer: (reason) =>
      `Claude už den nic nenapsal: ${reason}. Členové dostávají standardní texty; každá nová zpráva to zkusí znovu. Nastavení → Návrhy.`,
    noReason: 'bez udání důvodu',
    open: 'Otevřít v přehledu',
  },
  uk: {
    drafts: counting('uk', { one: '# чернетка', few: '# чернетки', many: '# чернеток', other: '# чернетки' }),
    budgetMoney: (budget, drafts, reserved) =>
      `сьогоднішній бюджет на чернетки ${budget} вичерпано (${drafts}${reserved === null ? '' : `, ${reserved} зарезервовано для тих, що пишуться`}). До півночі підуть стандартні тексти. Налаштування → Чернетки.`,
    budgetDrafts: (drafts, spent) =>
      `сьогоднішній ліміт від Claude написано: ${drafts} (поки що ${spent}). До півночі підуть стандартні тексти. Налаштування → Чернетки.`,
    keyRefused: (reason) =>
      `Claude не приймає ключ: ${reason}. Клієнти отримують стандартні тексти, доки не задано чинний ANTHROPIC_API_KEY. Налаштування → Чернетки.`,
    noAnswer: (reason) =>
      `Claude уже добу нічого не написав: ${reason}. Клієнти отримують стандартні тексти; кожне нове повідомлення питає знову. Налаштування → Чернетки.`,
    noReason: 'причину не вказано',
    open: 'Відкрити в панелі',
  },
  ru: {
    drafts: counting('ru', {
      one: '# черновик',
      few: '# черновика',
      many: '# черновиков',
      other: '# черновика',
    }),
    budgetMoney: (budget, drafts, reserved) =>
      `сегодняшний бюджет на черновики ${budget} исчерпан (${drafts}${reserved === null ? '' : `, ${reserved} зарезервировано для тех, что пишутся`}). До полуночи пойдут стандартные тексты. Настройки → Черновики.`,
    budgetDrafts: (drafts, spent) =>
      `сегодняшний лимит от Claude написан: ${drafts} (пока ${spent}). До полуночи пойдут стандартные тексты. Настройки → Черновики.`,
    keyRefused: (reason) =>
      `Claude не принимает ключ: ${reason}. Клиенты получают стандартные тексты, пока не задан действующий ANTHROPIC_API_KEY. Настройки → Черновики.`,
    noAnswer: (reason) =>
      `Claude уже сутки ничего не написал: ${reason}. Клиенты получают стандартные тексты; каждое новое сообщение спрашивает снова. Настройки → Черновики.`,
    noReason: 'причина не указана',
    open: 'Открыть в панели',
  },
  bg: {
    drafts: counting('bg', { one: '# чернова', other: '# чернови' }),
    budgetMoney: (budget, drafts, reserved) =>
      `днешният бюджет за чернови ${budget} е изчерпан (${drafts}${reserved === null ? '' : `, ${reserved} са запазени за започнатите`}). До полунощ се ползват стандартните текстове. Настройки → Чернови.`,
    budgetDrafts: (drafts, spent) =>
      `днешният лимит от Claude е написан: ${drafts} (засега ${spent}). До полунощ се ползват стандартните текстове. Настройки → Чернови.`,
    keyRefused: (reason) =>
      `Claude не приема ключа: ${reason}. Членовете получават стандартните текстове, докато не зададете валиден ANTHROPIC_API_KEY. Настройки → Чернови.`,
    noAnswer: (reason) =>
      `Claude не е написал нищо цял ден: ${reason}. Членовете получават стандартните текстове; всяко ново съобщение пита отново. Настройки → Чернови.`,
    noReason: 'без посочена причина',
    open: 'Отвори в таблото',
  },
};
