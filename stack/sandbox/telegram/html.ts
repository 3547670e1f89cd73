// parse_mode HTML, as strict as Telegram: only its own tags, properly nested, with its own error texts.
import { badRequest } from './telegram-error.ts';

export interface MessageEntity {
  type: string;
  /** In UTF-16 units, as in JavaScript. */
  offset: number;
  length: number;
  url?: string;
  language?: string;
}

export interface ParsedText {
  text: string;
  entities: MessageEntity[];
}

const tagTypes: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
  'tg-emoji': 'custom_emoji',
  span: 'spoiler',
};

const namedCharacters: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  name: string;
  attributes: Map<string, string>;
  start: number;
}

const byteOffset = (source: string, index: number) => Buffer.byteLength(source.slice(0, index));
const parseError = (reason: string) => badRequest(`can't parse entities: ${reason}`);

/** `&lt;`, `&#1234;` and `&#x4d;` become characters; any other ampersand stays as it is. */
const decode = (text: string): string =>
  text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(lt|gt|amp|quot));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return namedCharacters[name.toLowerCase()] ?? whole;
      const code = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

function parseAttributes(source: string, at: number): Map<string, string> {
  const attributes = new Map<string, string>();
  const pattern = /\s+([a-z][a-z0-9-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-z0-9.-]+)))?/giy;
  const trimmed = source.trimEnd();
  let end = 0;
  for (let match = pattern.exec(trimmed); match; match = pattern.exec(trimmed)) {
    attributes.set((match[1] ?? '').toLowerCase(), decode(match[2] ?? match[3] ?? match[4] ?? ''));
    end = pattern.lastIndex;
  }
  if (end !== trimmed.length) throw parseError(`Unclosed start tag at byte offset ${at}`);
  return attributes;
}

function checkSpan(tag: OpenTag, at: number): void {
  if (tag.name === 'span' && tag.attributes.get('class') !== 'tg-spoiler') {
    throw parseError(`Tag "span" must have class "tg-spoiler" at byte offset ${at}`);
  }
}

function toEntity(tag: OpenTag, text: string, open: OpenTag[]): MessageEntity | null {
  const entity: MessageEntity = {
    type: tagTypes[tag.name] ?? '',
    offset: tag.start,
    length: text.length - tag.start,
  };
  if (entity.length === 0) return null;
  if (tag.name === 'a') {
    const url = tag.attributes.get('href') ?? text.slice(tag.start);
    // A link Telegram cannot use is shown as plain text, without an error.
    return /^(https?|tg|mailto|tel):/.test(url) ? { ...entity, url } : null;
  }
  if (tag.name === 'blockquote' && tag.attributes.has('expandable'))
    return { ...entity, type: 'expandable_blockquote' };
  const language = tag.attributes.get('class');
  if (tag.name === 'code' && open.at(-1)?.name === 'pre') return null;
  return language?.startsWith('language-')
    ? { ...entity, language: language.slice('language-'.length) }
    : entity;
}

export function parseHtml(source: string): ParsedText {
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  let text = '';
  let index = 0;

  function readTag(): void {
    const at = byteOffset(source, index);
    const end = source.indexOf('>', index);
    if (end < 0)
      throw parseError(`Unclosed ${source[index + 1] === '/' ? 'end' : 'start'} tag at byte offset ${at}`);
    const inside = source.slice(index + 1, end);
    index = end + 1;
    if (inside.startsWith('/')) return closeTag(inside.slice(1).trim().toLowerCase(), at);
    const name = /^[a-z0-9-]*/i.exec(inside)?.[0].toLowerCase() ?? '';
    if (!(name in tagTypes)) throw parseError(`Unsupported start tag "${name}" at byte offset ${at}`);
    const tag = { name, attributes: parseAttributes(inside.slice(name.length), at), start: text.length };
    checkSpan(tag, at);
    open.push(tag);
  }

  function closeTag(name: string, at: number): void {
    const tag = open.pop();
    if (!tag) throw parseError(`Unexpected end tag at byte offset ${at}`);
    if (name !== '' && name !== tag.name) {
      throw parseError(
        `Unmatched end tag at byte offset ${at}, expected "</${tag.name}>", found "</${name}>"`,
      );
    }
    const entity = toEntity(tag, text, open);
    if (entity) entities.push(entity);
  }

  while (index < source.length) {
    if (source[index] === '<') {
      readTag();
      continue;
    }
    const next = source.indexOf('<', index);
    const end = next < 0 ? source.length : next;
    text += decode(source.slice(index, end));
    index = end;
  }
  const unclosed = open.at(-1);
  if (unclosed) throw parseError(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  return trim({ text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) });
}

/** Telegram cuts white space at both ends, and with it what the entities covered there. */
export function trim({ text, entities }: ParsedText): ParsedText {
  const trimmed = text.trim();
  const cut = text.length - text.trimStart().length;
  const kept = entities.flatMap((entity) => {
    const start = Math.max(entity.offset - cut, 0);
    const end = Math.min(entity.offset + entity.length - cut, trimmed.length);
    return end > start ? [{ ...entity, offset: start, length: end - start }] : [];
  });
  return { text: trimmed, entities: kept };
}
