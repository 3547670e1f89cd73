// The moderation chat: the bot's cards with their buttons, and what the moderators write.
import { get, post } from './api.js';
import { attempt, create, hueOf, initialsOf, keepAtEnd, notify, timeOf, updateList } from './dom.js';
import { renderText } from './entities.js';

const list = document.getElementById('chat-messages');
const empty = document.getElementById('chat-empty');
const acting = document.getElementById('acting-as');
const form = document.getElementById('chat-form');
const field = document.getElementById('chat-text');
const stranger = { id: 999_000_999, first_name: 'A stranger' };
/** Presses the bot has not answered yet, by message and data: their buttons show that they wait. */
const waiting = new Map();
const announced = new Set();
let isFirst = true;

const actingAs = () => Number(acting.value);
const pressKey = (messageId, data) => `${messageId}\n${data}`;

async function press(message, button, node) {
  const key = pressKey(message.message_id, button.callback_data);
  node.setAttribute('aria-busy', 'true');
  const answer = await attempt(() =>
    post('/telegram/press', {
      message_id: message.message_id,
      data: button.callback_data,
      user_id: actingAs(),
    }),
  );
  if (answer) waiting.set(key, answer.callback_query_id);
  else node.removeAttribute('aria-busy');
}

function buildButton(message, button) {
  if (button.url) {
    return create(
      'a',
      { class: 'key link', href: button.url, target: '_blank', rel: 'noreferrer' },
      button.text,
    );
  }
  const isWaiting = waiting.has(pressKey(message.message_id, button.callback_data));
  return create(
    'button',
    {
      type: 'button',
      class: 'key',
      'data-callback': button.callback_data,
      'aria-busy': isWaiting ? 'true' : null,
      onclick: (event) => press(message, button, event.currentTarget),
    },
    button.text,
  );
}

function buildMessage(message) {
  const { from } = message;
  const keys = message.buttons.map((row) =>
    create('div', { class: 'keys-row' }, ...row.map((button) => buildButton(message, button))),
  );
  return create(
    'div',
    { class: from.is_bot ? 'message bot' : 'message person', 'data-message-id': message.message_id },
    create(
      'article',
      { class: 'bubble', 'aria-label': `${from.first_name}, ${timeOf(message.at)}` },
      create('span', { class: 'author', 'data-hue': hueOf(from.first_name) }, from.first_name),
      message.reply_to ? create('span', { class: 'quoted' }, message.reply_to) : null,
      create('div', { class: 'text' }, ...renderText(message.text, message.entities)),
      create('time', { datetime: message.at }, `${message.edited_at ? 'edited ' : ''}${timeOf(message.at)}`),
    ),
    keys.length > 0 ? create('div', { class: 'keys' }, ...keys) : null,
  );
}

function updateUsers(users) {
  const people = [...users, stranger];
  if (acting.options.length === people.length) return;
  acting.replaceChildren(...people.map((user) => create('option', { value: user.id }, user.first_name)));
}

/** Tells once what the bot answered to a press, and frees the button. */
function updatePresses(presses) {
  for (const answer of presses.filter((candidate) => candidate.answered_at !== null)) {
    for (const [key, id] of waiting) {
      if (id !== answer.id) continue;
      waiting.delete(key);
      list
        .querySelector(
          `[data-message-id="${answer.message_id}"] [data-callback="${CSS.escape(answer.data)}"]`,
        )
        ?.removeAttribute('aria-busy');
    }
    if (answer.answer && !announced.has(answer.id) && !isFirst)
      notify(answer.answer, answer.show_alert ? 'alert' : 'info');
    announced.add(answer.id);
  }
}

const withQuote = (messages) => (message) => {
  const parent = messages.find((other) => other.message_id === message.reply_to_message_id);
  return { ...message, reply_to: parent ? parent.text.slice(0, 80) : null };
};

export async function updateTelegram() {
  const state = await get('/telegram/chat');
  const title = state.chat.title ?? state.chat.first_name;
  document.getElementById('chat-title').textContent = title;
  document.getElementById('chat-avatar').textContent = initialsOf(title);
  document.getElementById('chat-subtitle').textContent = state.webhook.url
    ? `${state.users.length + 1} members · Telegram`
    : 'the bot is not connected yet';
  updateUsers(state.users);
  updatePresses(state.presses);
  empty.hidden = state.messages.length > 0;
  keepAtEnd(list, () =>
    updateList(
      list,
      state.messages.map(withQuote(state.messages)),
      (message) => message.message_id,
      buildMessage,
    ),
  );
  isFirst = false;
}

export function startTelegram() {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    const sent = await attempt(() => post('/telegram/message', { text, user_id: actingAs() }));
    if (!sent) return;
    field.value = '';
    await attempt(updateTelegram);
    list.scrollTop = list.scrollHeight;
  });
}
