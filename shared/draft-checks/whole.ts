// Whether a whole message says what it is and how to get no more of them, as the law asks.
import type { Language } from './draft.ts';
import { phrasesOf } from './phrases.ts';

const MARKS = phrasesOf({
  cs: 'obchodní(?:ho|m|mu|) sdělení, reklamní sdělení, reklama',
  uk: 'рекламн(?:е|ого) повідомлення, реклама, комерційне повідомлення',
  ru: 'рекламн(?:ое|ого) сообщени(?:е|я), реклама, коммерческое сообщение',
  en: 'commercial (?:message|communication)s?, marketing (?:message|communication)s?, advertisement, advertising, advert',
  bg: 'търговско(?:то|) съобщение, рекламно(?:то|) съобщение, реклама, търговска комуникация',
});
/** The abbreviation that Czech practice knows. */
const CZECH_MARK = /(?<![\p{L}\p{N}])OS(?![\p{L}\p{N}])/u;

const OPT_OUTS = phrasesOf({
  cs: 'odhlášení, odhlásit, odhlaste, odhlásíte, zrušit odběr, ukončit odběr',
  uk: 'відписатися, відписатись, відпишіться, відписка, відмова, відмовитися, відмовитись',
  ru: 'отписаться, отпишитесь, отписка, отказ, отказаться',
  en: 'unsubscribe, opt out, opt-out',
  bg: 'отписване, отпишете се, отказ, откажете се, да се отпишете',
});
/** In capitals, as a member is asked to send it: "stop by" is an invitation. */
const STOP = /(?<![\p{L}\p{N}-])(?:STOP|СТОП)(?![\p{L}\p{N}-])/u;

/** What is missing, as sentences for a person; none when nothing is. */
export function checkWhole(
  whole: string,
  language: Language,
  { hasOptOutButton }: { hasOptOutButton: boolean },
): string[] {
  const text = whole.normalize('NFC').replaceAll(/\s+/gu, ' ');
  const isMarked = MARKS[language].test(text) || (language === 'cs' && CZECH_MARK.test(text));
  const saysHowToOptOut = hasOptOutButton || STOP.test(text) || OPT_OUTS[language].test(text);
  return [
    ...(isMarked ? [] : ['The message does not say that it is a commercial one.']),
    ...(saysHowToOptOut ? [] : ['The message does not say how to opt out.']),
  ];
}
