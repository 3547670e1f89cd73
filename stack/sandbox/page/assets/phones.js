// The list of members' phones, newest message first, and the search that finds any member of the club.
import { get } from './api.js';
import { attempt, create, hueOf, initialsOf, readableNumber, timeOf, updateList } from './dom.js';
import { openNumber, showThread } from './thread.js';

const section = document.querySelector('.phones');
const list = document.getElementById('phones');
const empty = document.getElementById('phones-empty');
const search = document.getElementById('phone-search');
const tabCount = document.getElementById('tab-unread');
let phones = [];
let found = [];

const digitsOf = (text) => text.replace(/\D/g, '');

function open(phone) {
  section.dataset.open = 'true';
  openNumber(phone.number);
  showThread(phone);
  render();
  // Where the thread takes the list's place, the focus goes with it.
  if (list.offsetParent === null) document.getElementById('phone-back').focus();
}

function buildPhone(phone) {
  const unread = phone.unread > 0 ? `, ${phone.unread} unread` : '';
  return create(
    'li',
    {},
    create(
      'button',
      {
        type: 'button',
        class: 'phone-item',
        'aria-label': `${phone.name}, ${readableNumber(phone.number)}${unread}`,
        'aria-current': phone.isOpen ? 'true' : null,
        'data-number': phone.number,
        onclick: () => open([...phones, ...found].find((known) => known.number === phone.number)),
      },
      create(
        'span',
        { class: 'avatar', 'data-hue': hueOf(phone.name), 'aria-hidden': 'true' },
        initialsOf(phone.name),
      ),
      create(
        'span',
        { class: 'item-text' },
        create('span', { class: 'item-name' }, phone.name),
        create('span', { class: 'item-last' }, phone.last ?? readableNumber(phone.number)),
      ),
      create(
        'span',
        { class: 'item-side' },
        phone.at ? create('time', { datetime: phone.at }, timeOf(phone.at)) : null,
        phone.unread > 0 ? create('span', { class: 'count' }, String(phone.unread)) : null,
      ),
    ),
  );
}

/** What an item shows, and no more: an item is rebuilt only when one of these changes. */
function toItem(phone) {
  const last = phone.messages.at(-1);
  const { number, name, unread } = phone;
  const text = last && `${last.direction === 'in' ? 'You: ' : ''}${last.body}`;
  return {
    number,
    name,
    unread,
    last: text ?? null,
    at: last?.at ?? null,
    isOpen: phone.number === section.dataset.number,
  };
}

function matches(phone, words) {
  const digits = digitsOf(words);
  return (
    phone.name.toLowerCase().includes(words.toLowerCase()) ||
    (digits.length > 2 && phone.number.includes(digits))
  );
}

/** A number as WhatsApp writes it; the club's reception may have left out its own country's code. */
function toNumber(phone) {
  const digits = digitsOf(String(phone));
  return digits.length === 9 ? `420${digits}` : digits;
}

/** A member of the club who has no thread yet, as a phone without messages. */
const toPhone = (client) => ({
  number: toNumber(client.phone),
  name: client.display_name || client.name,
  client_id: client.id,
  unread: 0,
  messages: [],
  has_stopped_marketing: false,
});

function render() {
  const words = search.value.trim();
  const known = words === '' ? phones : phones.filter((phone) => matches(phone, words));
  const numbers = new Set(phones.map((phone) => phone.number));
  const others = words === '' ? [] : found.filter((phone) => !numbers.has(phone.number));
  const items = [...known, ...others].map(toItem);
  updateList(list, items, (item) => item.number, buildPhone);
  empty.hidden = items.length > 0;
}

async function find() {
  const words = search.value.trim();
  if (words.length < 2) found = [];
  else {
    const answer = await attempt(() => get(`/booking/clients?count=8&q=${encodeURIComponent(words)}`));
    if (search.value.trim() !== words || !answer) return;
    found = answer.clients.map(toPhone).filter((phone) => phone.number.length > 8);
  }
  render();
}

export async function updatePhones() {
  const answer = await get('/whatsapp/phones');
  const all = answer.phones.map((phone) => ({
    ...phone,
    messages: phone.messages.filter((message) => message.is_on_phone),
  }));
  phones = all.filter((phone) => phone.messages.length > 0);
  const unread = phones.reduce((sum, phone) => sum + phone.unread, 0);
  tabCount.textContent = String(unread);
  tabCount.hidden = unread === 0;
  document.getElementById('phones-subtitle').textContent =
    phones.length === 0
      ? 'WhatsApp'
      : `WhatsApp · ${phones.length} ${phones.length === 1 ? 'phone' : 'phones'}, ${unread} unread`;
  render();
  const current = all.find((phone) => phone.number === section.dataset.number);
  if (current) showThread(current);
}

export function startPhones() {
  search.addEventListener('input', () => {
    render();
    void find();
  });
}
