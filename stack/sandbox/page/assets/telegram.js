// A Telegram chat with the bot in it: the moderation chat, or the private one of the person who acts.
import { get, post } from './api.js';
import { attempt, create, initialsOf, keepAtEnd, notify, updateList } from './dom.js';
import { openAskedReply, replyingTo, startReplies, startReply, stopReply } from './reply.js';
import { buildMessage } from './telegram-message.js';

const section = document.querySelector('.telegram');
const list = document.getElementById('chat-messages');
const empty = document.getElementById('chat-empty');
const emptyPrivate = document.getElementById('chat-empty-private');
const acting = document.getElementById('acting-as');
const form = document.getElementById('chat-form');
const field = document.getElementById('chat-text');
const switches = [...document.querySelectorAll('[data-chat]')];
const stranger = { id: 999_000_999, first_name: 'A stranger' };
/** Presses the bot has not answered yet, by message and data: their buttons show that they wait. */
const waiting = new Map();
const announced = new Set();
let isFirst = true;
/** The newest message of the chat that is shown; null until it was read once. */
let newest = null;

const actingAs = () => Number(acting.value);
const isPrivate = () => section.dataset.open === 'private';
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

const build = (message) =>
  buildMessage(message, {
    press: (button, node) => press(message, button, node),
    isWaiting: (button) => waiting.has(pressKey(message.message_id, button.callback_data)),
    reply: () => startReply(message),
  });

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

function showTitle({ chat, users, webhook, has_bot: hasBot }) {
  const title = isPrivate() ? 'Regulars' : (chat.title ?? chat.first_name);
  document.getElementById('chat-title').textContent = title;
  document.getElementById('chat-avatar').textContent = initialsOf(title);
  const members = isPrivate() ? `bot, with ${chat.first_name}` : `${users.length + 1} members`;
  const isConnected = webhook.url !== '';
  document.getElementById('chat-subtitle').textContent = !isConnected
    ? 'the bot is not connected yet'
    : hasBot || isPrivate()
      ? `${members} · Telegram`
      : 'the bot is not in this chat';
}

export async function updateTelegram() {
  const chat = isPrivate() ? `?chat_id=${actingAs()}` : '';
  const state = await get(`/telegram/chat${chat}`);
  // Another chat was chosen meanwhile: this answer is not what is looked at.
  if (chat !== (isPrivate() ? `?chat_id=${actingAs()}` : '')) return;
  const { messages } = state;
  showTitle(state);
  updateUsers(state.users);
  updatePresses(state.presses);
  empty.hidden = messages.length > 0 || isPrivate();
  emptyPrivate.hidden = messages.length > 0 || !isPrivate();
  keepAtEnd(list, () =>
    updateList(list, messages.map(withQuote(messages)), (message) => message.message_id, build),
  );
  openAskedReply(messages, newest ?? Infinity);
  newest = messages.at(-1)?.message_id ?? 0;
  isFirst = false;
}

/** Shows another chat from its end, without what was begun in the one before. */
function showChat(open) {
  section.dataset.open = open;
  for (const each of switches) each.setAttribute('aria-pressed', String(each.dataset.chat === open));
  const name = open === 'private' ? 'private chat with the bot' : 'moderation chat';
  list.setAttribute('aria-label', `Messages in the ${name}`);
  field.setAttribute('aria-label', `Message to the ${name}`);
  stopReply();
  list.replaceChildren();
  newest = null;
  void attempt(updateTelegram);
}

export function startTelegram() {
  startReplies();
  for (const each of switches) each.addEventListener('click', () => showChat(each.dataset.chat));
  acting.addEventListener('change', () => {
    if (isPrivate()) showChat('private');
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    const place = isPrivate() ? { chat_id: actingAs() } : {};
    const sent = await attempt(() =>
      post('/telegram/message', {
        text,
        user_id: actingAs(),
        reply_to_message_id: replyingTo(),
        ...place,
      }),
    );
    if (!sent) return;
    field.value = '';
    stopReply();
    await attempt(updateTelegram);
    list.scrollTop = list.scrollHeight;
  });
}
