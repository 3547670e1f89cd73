// Building and updating the page without ever parsing a message as HTML.

/** Creates an element: `create('p', { class: 'note' }, 'text', child)`. */
export function create(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Brings a list up to date, touching only items that changed: focus and half-read text stay where they are. */
export function updateList(container, items, keyOf, build) {
  const present = new Map([...container.children].map((node) => [node.dataset.key, node]));
  let cursor = container.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const version = JSON.stringify(item);
    let node = present.get(key);
    present.delete(key);
    if (node?.dataset.version !== version) {
      const fresh = build(item);
      fresh.dataset.key = key;
      fresh.dataset.version = version;
      if (node === cursor) cursor = cursor?.nextElementSibling ?? null;
      node?.remove();
      node = fresh;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else container.insertBefore(node, cursor);
  }
  for (const node of present.values()) node.remove();
}

/** Keeps a message list at its end when it was there before the change. */
export function keepAtEnd(list, change) {
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const before = list.childElementCount;
  change();
  if (wasAtEnd || before === 0) list.scrollTop = list.scrollHeight;
}

export const initialsOf = (name) => {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return words.length === 0
    ? '#'
    : words
        .map((word) => word[0].toUpperCase())
        .slice(0, 2)
        .join('');
};

/** One of seven colours, always the same for the same name. */
export const hueOf = (name) => String([...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 7);

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
export const timeOf = (at) => clock.format(new Date(at));
export const dayOf = (at) => day.format(new Date(at));

/** Czech numbers in their usual groups, others as international digits. */
export const readableNumber = (number) =>
  number.startsWith('420') && number.length === 12
    ? `+420 ${number.slice(3, 6)} ${number.slice(6, 9)} ${number.slice(9)}`
    : `+${number}`;

/** Shows a short notice; errors stay longer. */
export function notify(text, kind = 'info') {
  const notice = create('p', { class: `notice ${kind}` }, text);
  document.getElementById('notices').append(notice);
  setTimeout(() => notice.remove(), kind === 'info' ? 5000 : 10_000);
}

/** Runs what a button asks for and shows the sandbox's sentence when it refuses. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    notify(error.message, 'error');
    return undefined;
  }
}
