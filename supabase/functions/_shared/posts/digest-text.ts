// A digest as Telegram shows it: how many wait, some by chance, some that stand out, and two buttons.
import { InlineKeyboard } from 'grammy';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { toCallbackData } from '../button.ts';
import { escapeHtml, shorten } from '../html.ts';
import { digestWords } from '../words/digest.ts';
import { scenarioInWords } from '../words/scenario.ts';
import { whyInWords } from '../words/why.ts';
import { addDashboardButton, keyboardOrNone } from './dashboard-button.ts';
import type { DigestBody, Sample } from './digest.ts';
import { localTime } from './local-time.ts';
import type { PostText, PostTextOptions } from './post-text.ts';

/** Six samples with their translations, and all else, stay under Telegram's 4096. */
const LONGEST_SAMPLE = 260;
const LONGEST_LINE = 120;

function sampleText(sample: Sample, language: Language): string {
  const words = digestWords[language];
  const marks = sample.marks.map((mark) => words.marks[mark]).join(', ');
  const translated = sample.translation?.text;
  return [
    `<b>${escapeHtml(shorten(sample.member, LONGEST_LINE))}</b>, ${escapeHtml(shorten(whyInWords(sample, language), LONGEST_LINE))}${marks === '' ? '' : ` (${escapeHtml(marks)})`}`,
    `<blockquote>${escapeHtml(shorten(sample.rendered, LONGEST_SAMPLE))}</blockquote>`,
    ...(translated
      ? [`<i>${escapeHtml(words.translation)}: ${escapeHtml(shorten(translated, LONGEST_SAMPLE))}</i>`]
      : []),
  ].join('\n');
}

function samplesText({ samples }: DigestBody, language: Language): string[] {
  const words = digestWords[language];
  const chosen = samples.filter(({ marks }) => marks.length === 0);
  const outliers = samples.filter(({ marks }) => marks.length > 0);
  const part = (title: string, shown: Sample[]) =>
    shown.length === 0
      ? []
      : [`<u>${escapeHtml(title)}</u>`, ...shown.map((sample) => sampleText(sample, language))];
  return [...part(words.samples, chosen), ...part(words.outliers, outliers)];
}

function verdict(digest: DigestBody, language: Language): string {
  const words = digestWords[language];
  const at = digest.decided_at === null ? '' : localTime(digest.decided_at, digest.timezone, language);
  const name = digest.decided_by_name ?? words.someone;
  switch (digest.mode) {
    case 'one_by_one':
      return words.splitBy(name, at);
    case 'approved': {
      const { approved = 0, expired = 0, not_eligible = {} } = digest.outcome ?? {};
      const refused = Object.values(not_eligible).reduce((sum, count) => sum + count, 0);
      const parts = [
        words.approved(approved),
        ...(refused > 0 ? [words.notSent(refused)] : []),
        ...(expired > 0 ? [words.expired(expired)] : []),
      ];
      return `${words.approvedBy(name, at)}: ${parts.join(', ')}.`;
    }
    case 'together':
      return digest.waiting === 0 || digest.expires_at === null
        ? words.nothingLeft
        : words.until(localTime(digest.expires_at, digest.timezone, language));
  }
}

function keyboardOf(digest: DigestBody, language: Language, dashboardUrl: string | undefined) {
  const words = digestWords[language];
  const keyboard = new InlineKeyboard();
  const { club_id: clubId, digest_id: digestId, version } = digest;
  if (digest.mode === 'together' && digest.waiting > 0) {
    keyboard
      .text(
        words.approveAll(digest.waiting),
        toCallbackData({ kind: 'digest', action: 'approve_all', clubId, digestId, version }),
      )
      .row()
      .text(
        words.oneByOne,
        toCallbackData({ kind: 'digest', action: 'one_by_one', clubId, digestId, version }),
      )
      .row();
  }
  return keyboardOrNone(addDashboardButton(keyboard, words.open, dashboardUrl, `/clubs/${clubId}/messages`));
}

export function toDigestText(digest: DigestBody, language: Language, options: PostTextOptions): PostText {
  const words = digestWords[language];
  const scenario = scenarioInWords(digest.scenario, digest.scenario_name, language);
  const name = digest.campaign === null ? scenario : `${scenario}: ${digest.campaign}`;
  const title = `📚 <b>${escapeHtml(shorten(name, LONGEST_LINE))} · ${digest.language.toUpperCase()}</b>`;
  const count = digest.mode === 'together' && digest.waiting > 0 ? `: ${words.waiting(digest.waiting)}` : '';
  return {
    html: [
      `${title}${count}`,
      ...samplesText(digest, language),
      `${escapeHtml(verdict(digest, language))} <i>${escapeHtml(shorten(digest.club, LONGEST_LINE))}</i>`,
    ].join('\n'),
    keyboard: keyboardOf(digest, language, options.dashboardUrl),
  };
}
