// Text as Telegram's HTML.
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest beginning of a text that has at most so many UTF-16 units, as Telegram counts; never inside a character, "…" at its end. */
export function shorten(text: string, mostUnits: number): string {
  if (text.length <= mostUnits) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > mostUnits - 1) break;
    end = index + segment.length;
  }
  return mostUnits < 1 ? '' : `${text.slice(0, end).trimEnd()}…`;
}

/** What Telegram takes, in UTF-16 units of the text that is shown. */
export const LONGEST_TEXT = 4096;

/** As Telegram counts: without markup, entities as what they stand for. */
export const shownLength = (html: string): number =>
  html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(?:amp|lt|gt|quot);/g, '&').length;
