// A daily summary as Telegram shows it: what went out by itself, what became of it, and samples with two buttons each.
import { InlineKeyboard } from 'grammy';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { toCallbackData } from '../button.ts';
import { escapeHtml, LONGEST_TEXT, shorten, shownLength } from '../html.ts';
import { scenarioInWords } from '../words/scenario.ts';
import { summaryWords } from '../words/summary.ts';
import { addDashboardButton, keyboardOrNone } from './dashboard-button.ts';
import { localTime, plainDate } from './local-time.ts';
import type { PostText, PostTextOptions } from './post-text.ts';
import type { SummaryBody, SummaryCount, SummarySample } from './summary.ts';

const LONGEST_LINE = 60;
/** A day may have many campaigns: the largest are named. */
const MOST_COUNTS = 6;
/** Of each sample, and of its translation: the most with which the whole fits. */
const SAMPLE_LENGTHS = [LONGEST_TEXT, 1000, 600, 400, 250, 150, 100];

const line = (text: string) => escapeHtml(shorten(text, LONGEST_LINE));

function countText(count: SummaryCount, language: Language): string {
  const words = summaryWords[language];
  const scenario = scenarioInWords(count.scenario, count.scenario_name, language);
  const name = count.campaign === null ? scenario : `${scenario}: ${count.campaign}`;
  const figures = [
    words.sent(count.sent),
    words.delivered(count.delivered),
    words.read(count.read),
    ...(count.replied > 0 ? [words.replied(count.replied)] : []),
    ...(count.opted_out > 0 ? [words.optedOut(count.opted_out)] : []),
  ];
  return `• <b>${line(name)}</b>: ${escapeHtml(figures.join(', '))}`;
}

function judgementText({ judgements }: SummarySample, language: Language): string[] {
  const names = (isGood: boolean) =>
    judgements
      .filter(({ is_good }) => is_good === isGood)
      .map(({ name }) => name ?? summaryWords[language].someone)
      .join(', ');
  const part = (icon: string, who: string) => (who === '' ? [] : [`${icon} ${line(who)}`]);
  const parts = [...part('👍', names(true)), ...part('👎', names(false))];
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

function sampleText(sample: SummarySample, place: number, language: Language, longest: number): string {
  const words = summaryWords[language];
  const scenario = scenarioInWords(sample.scenario, sample.scenario_name, language);
  const translated = sample.language === language ? undefined : sample.translation?.text;
  return [
    `${place}. <b>${line(sample.member)}</b> · ${line(scenario)} · ${sample.language.toUpperCase()}`,
    `<blockquote>${escapeHtml(shorten(sample.rendered, longest))}</blockquote>`,
    ...(translated
      ? [`<i>${escapeHtml(words.translation)}: ${escapeHtml(shorten(translated, longest))}</i>`]
      : []),
    ...judgementText(sample, language),
  ].join('\n');
}

function countsText({ counts }: SummaryBody, language: Language): string[] {
  const rest = counts.slice(MOST_COUNTS).reduce((sum, { sent }) => sum + sent, 0);
  return [
    ...counts.slice(0, MOST_COUNTS).map((count) => countText(count, language)),
    ...(rest > 0 ? [`• ${escapeHtml(summaryWords[language].others(rest))}`] : []),
  ];
}

function whole(summary: SummaryBody, language: Language, longestSample: number): string {
  const words = summaryWords[language];
  return [
    `🗓 <b>${escapeHtml(words.title)} · ${plainDate(summary.date, language)}</b> <i>${line(summary.club)}</i>`,
    ...countsText(summary, language),
    `<i>${escapeHtml(words.asOf(localTime(summary.made_at, summary.timezone, language)))}</i>`,
    ...(summary.samples.length === 0 ? [] : [`<u>${escapeHtml(words.samples)}</u>`]),
    ...summary.samples.map((sample, index) => sampleText(sample, index + 1, language, longestSample)),
  ].join('\n');
}

function keyboardOf({ club_id, samples }: SummaryBody, language: Language, dashboardUrl: string | undefined) {
  const keyboard = new InlineKeyboard();
  samples.forEach(({ draft_id: draftId }, index) => {
    keyboard
      .text(`👍 ${index + 1}`, toCallbackData({ kind: 'judge', verdict: 'good', draftId }))
      .text(`👎 ${index + 1}`, toCallbackData({ kind: 'judge', verdict: 'bad', draftId }))
      .row();
  });
  const path = `/clubs/${club_id}/messages`;
  return keyboardOrNone(addDashboardButton(keyboard, summaryWords[language].open, dashboardUrl, path));
}

export function toSummaryText(
  summary: SummaryBody,
  language: Language,
  { dashboardUrl }: PostTextOptions,
): PostText {
  const shortest = SAMPLE_LENGTHS.at(-1)!;
  const longest =
    SAMPLE_LENGTHS.find((length) => shownLength(whole(summary, language, length)) <= LONGEST_TEXT) ??
    shortest;
  return {
    html: whole(summary, language, longest),
    keyboard: keyboardOf(summary, language, dashboardUrl),
  };
}
