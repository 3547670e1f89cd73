// One member's phone: the messages as the member sees them, and what the member can do.
import { get, post } from './api.js';
import {
  attempt,
  create,
  dayOf,
  hueOf,
  initialsOf,
  keepAtEnd,
  notify,
  readableNumber,
  timeOf,
  updateList,
} from './dom.js';

const section = document.querySelector('.phones');
const handset = document.getElementById('handset');
const list = document.getElementById('phone-messages');
const field = document.getElementById('phone-text');
const avatar = document.getElementById('phone-avatar');
const marketing = document.getElementById('phone-marketing');
const train = document.getElementById('phone-train');
let shown = null;

const path = (number, action = '') => `/whatsapp/phones/${number}${action}`;

/** Asks the sandbox for something on the open phone and shows what came of it. */
const act = (action, body) =>
  attempt(async () => {
    const { number } = shown;
    await post(path(number, action), body);
    showThread(await get(path(number)));
  });

const statusLabels = {
  accepted: 'on its way',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

function buildBubble(message) {
  const isMine = message.direction === 'in';
  const label = isMine ? 'Member' : 'Club';
  const status = isMine ? null : (statusLabels[message.status] ?? null);
  return create(
    'article',
    { class: 'bubble', 'aria-label': `${label}, ${timeOf(message.at)}${status ? `, ${status}` : ''}` },
    message.quoted ? create('span', { class: 'quoted' }, message.quoted) : null,
    message.header ? create('strong', { class: 'header' }, message.header) : null,
    create('div', { class: 'text' }, message.body),
    message.footer ? create('span', { class: 'footer' }, message.footer) : null,
    create(
      'span',
      { class: 'meta' },
      status ? create('span', { class: 'status', 'data-status': message.status }, status) : null,
      create('time', { datetime: message.at }, timeOf(message.at)),
    ),
  );
}

function buildButton(message, button) {
  if (button.url) return create('span', { class: 'key' }, button.text);
  return create(
    'button',
    {
      type: 'button',
      class: 'key',
      'data-payload': button.payload,
      onclick: () => act('/tap', { payload: button.payload, message_id: message.id }),
    },
    create('span', { class: 'reply-arrow', 'aria-hidden': 'true' }),
    button.text,
  );
}

function buildMessage(message) {
  return create(
    'div',
    {
      class: message.direction === 'in' ? 'message mine' : 'message club',
      'data-id': message.id,
      'data-status': message.status,
    },
    message.isFirstOfDay ? create('span', { class: 'day' }, dayOf(message.at)) : null,
    buildBubble(message),
    message.buttons.length > 0 && message.direction === 'out'
      ? create('div', { class: 'keys' }, ...message.buttons.map((button) => buildButton(message, button)))
      : null,
  );
}

function toItems(messages) {
  return messages.map((message, index) => ({
    ...message,
    isFirstOfDay: index === 0 || dayOf(messages[index - 1].at) !== dayOf(message.at),
    quoted: messages.find((other) => other.id === message.context_id)?.body.slice(0, 80) ?? null,
  }));
}

export function showThread(phone) {
  const isOther = shown?.number !== phone.number;
  shown = phone;
  handset.hidden = false;
  document.getElementById('phone-none').hidden = true;
  handset.setAttribute('aria-label', `Phone of ${phone.name}`);
  document.getElementById('phone-name').textContent = phone.name;
  document.getElementById('phone-number').textContent = phone.has_stopped_marketing
    ? `${readableNumber(phone.number)} · marketing stopped`
    : readableNumber(phone.number);
  avatar.textContent = initialsOf(phone.name);
  avatar.dataset.hue = hueOf(phone.name);
  marketing.textContent = phone.has_stopped_marketing ? 'Allow marketing' : 'Stop marketing';
  train.hidden = phone.client_id === null;
  field.setAttribute('aria-label', `Reply as ${phone.name}`);
  if (isOther) list.replaceChildren();
  const messages = phone.messages.filter((message) => message.is_on_phone);
  keepAtEnd(list, () => updateList(list, toItems(messages), (message) => message.id, buildMessage));
  // Whoever looks at the phone has read what is on it.
  if (phone.unread > 0 && document.visibilityState === 'visible' && isVisible()) void act('/read');
}

const isVisible = () => handset.offsetParent !== null;

export function openNumber(number) {
  section.dataset.number = number;
}

export function startThread() {
  document.getElementById('phone-back').addEventListener('click', () => {
    const number = section.dataset.number;
    section.dataset.open = 'false';
    section.dataset.number = '';
    shown = null;
    handset.hidden = true;
    document.getElementById('phone-none').hidden = false;
    document.querySelector(`[data-number="${number}"].phone-item`)?.focus();
  });
  marketing.addEventListener('click', () => act(shown.has_stopped_marketing ? '/resume' : '/stop'));
  train.addEventListener('click', async () => {
    const { name, client_id: clientId } = shown;
    const visit = await attempt(() => post('/booking/visits', { clientId }));
    if (visit) notify(`${name} trained today. The next sync brings the visit into the product.`);
  });
  document.getElementById('phone-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    field.value = '';
    await act('/reply', { text });
    list.scrollTop = list.scrollHeight;
  });
}
