// Telegram's message entities as elements: bold, links, quotes, code.
import { create } from './dom.js';

const tags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'code',
  spoiler: 'span',
  blockquote: 'q',
  expandable_blockquote: 'q',
};

function wrap(entity, content) {
  if (entity.type === 'text_link') {
    return create('a', { href: entity.url, target: '_blank', rel: 'noreferrer' }, content);
  }
  const tag = tags[entity.type];
  return tag ? create(tag, { class: `entity-${entity.type}` }, content) : content;
}

/** Nests entities by where they begin and end; Telegram never lets them cross. */
function render(text, entities, from, to) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const end = entity.offset + entity.length;
    const inner = entities.slice(index + 1).filter((other) => other.offset < end);
    nodes.push(text.slice(at, entity.offset));
    const content = document.createDocumentFragment();
    content.append(...render(text, inner, entity.offset, end));
    nodes.push(wrap(entity, content));
    // A quote ends its line by itself.
    at = tags[entity.type] === 'q' && text[end] === '\n' ? end + 1 : end;
    index += 1 + inner.length;
  }
  nodes.push(text.slice(at, to));
  return nodes.filter((node) => node !== '');
}

export const renderText = (text, entities) => render(text, entities, 0, text.length);
