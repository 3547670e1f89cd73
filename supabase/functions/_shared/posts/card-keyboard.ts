// The buttons under a card: its own, the reasons to reject, and how long to put it off.
import { InlineKeyboard } from 'grammy';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { toCallbackData } from '../button.ts';
import type { CardAction } from '../button.ts';
import { cardButtonWords } from '../words/card-button.ts';
import type { CardBody } from './card.ts';
import { addDashboardButton, keyboardOrNone } from './dashboard-button.ts';
import type { PostTextOptions } from './post-text.ts';

export type CardRef = Pick<CardBody, 'club_id' | 'draft_id' | 'version'>;

const dataOf = ({ draft_id, version }: CardRef, action: CardAction) =>
  toCallbackData({ kind: 'card', action, draftId: draft_id, version });

/** Decisions while there is something to decide; the last button leads to the message in the dashboard. */
export function toCardKeyboard(
  card: CardRef & Pick<CardBody, 'status'>,
  language: Language,
  { dashboardUrl }: PostTextOptions,
): InlineKeyboard | undefined {
  const words = cardButtonWords[language];
  const keyboard = new InlineKeyboard();
  if (card.status === 'pending') {
    keyboard
      .text(words.approve, dataOf(card, 'approve'))
      .text(words.reject, dataOf(card, 'reasons'))
      .row()
      .text(words.edit, dataOf(card, 'edit'))
      .text(words.snooze, dataOf(card, 'snooze'))
      .row();
  }
  const path = `/clubs/${card.club_id}/messages#draft-${card.draft_id}`;
  return keyboardOrNone(addDashboardButton(keyboard, words.open, dashboardUrl, path));
}

export function toReasonKeyboard(card: CardRef, language: Language): InlineKeyboard {
  const { reasons, back } = cardButtonWords[language];
  return new InlineKeyboard()
    .text(reasons.wording, dataOf(card, 'wording'))
    .text(reasons.wrong_person, dataOf(card, 'wrong_person'))
    .row()
    .text(reasons.wrong_time, dataOf(card, 'wrong_time'))
    .text(reasons.never_this_person, dataOf(card, 'never_this_person'))
    .row()
    .text(back, dataOf(card, 'back'));
}

export function toSnoozeKeyboard(card: CardRef, language: Language): InlineKeyboard {
  const words = cardButtonWords[language];
  return new InlineKeyboard()
    .text(words.inOneHour, dataOf(card, 'snooze_1_hour'))
    .text(words.inThreeHours, dataOf(card, 'snooze_3_hours'))
    .text(words.tomorrow, dataOf(card, 'snooze_tomorrow'))
    .row()
    .text(words.back, dataOf(card, 'back'));
}
