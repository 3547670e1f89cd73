// What a post says in Telegram: HTML and buttons.
import type { InlineKeyboard } from 'grammy';
import type { Post } from '../post.ts';
import { alertBody } from './alert.ts';
import { toAlertText } from './alert-text.ts';
import { cardBody } from './card.ts';
import { toCardText } from './card-text.ts';
import { digestBody } from './digest.ts';
import { toDigestText } from './digest-text.ts';
import { noticeBody } from './notice.ts';
import { toNoticeText } from './notice-text.ts';
import { summaryBody } from './summary.ts';
import { toSummaryText } from './summary-text.ts';

export interface PostText {
  html: string;
  keyboard: InlineKeyboard | undefined;
  /** HTML of a message of its own that holds the whole text, where it is too long for this one. */
  extra?: string;
}

export interface PostTextOptions {
  /** Where the dashboard is, without a slash at the end; Telegram takes a button to it only when it is https. */
  dashboardUrl: string | undefined;
}

/** Throws zod's error when the body is not what was agreed. */
export function toPostText({ kind, language, body }: Post, options: PostTextOptions): PostText {
  switch (kind) {
    case 'card':
      return toCardText(cardBody.parse(body), language, options);
    case 'digest':
      return toDigestText(digestBody.parse(body), language, options);
    case 'alert':
      return toAlertText(alertBody.parse(body), language, options);
    case 'notice':
      return toNoticeText(noticeBody.parse(body), language, options);
    case 'summary':
      return toSummaryText(summaryBody.parse(body), language, options);
  }
}
