// One message of a Telegram chat, with the buttons under it.
import { create, hueOf, timeOf } from './dom.js';
import { renderText } from './entities.js';

function buildButton(button, { isWaiting, press }) {
  if (button.url) {
    return create(
      'a',
      { class: 'key link', href: button.url, target: '_blank', rel: 'noreferrer' },
      button.text,
    );
  }
  return create(
    'button',
    {
      type: 'button',
      class: 'key',
      'data-callback': button.callback_data,
      'aria-busy': isWaiting(button) ? 'true' : null,
      onclick: (event) => press(button, event.currentTarget),
    },
    button.text,
  );
}

/** `can`: what a person can do with it: `press(button, node)`, `isWaiting(button)` and `reply()`. */
export function buildMessage(message, can) {
  const { from } = message;
  const keys = message.buttons.map((row) =>
    create('div', { class: 'keys-row' }, ...row.map((button) => buildButton(button, can))),
  );
  return create(
    'div',
    { class: from.is_bot ? 'message bot' : 'message person', 'data-message-id': message.message_id },
    create(
      'article',
      { class: 'bubble', 'aria-label': `${from.first_name}, ${timeOf(message.at)}` },
      create('span', { class: 'author', 'data-hue': hueOf(from.first_name) }, from.first_name),
      message.is_forwarded ? create('span', { class: 'forwarded' }, 'forwarded from Regulars') : null,
      message.reply_to ? create('span', { class: 'quoted' }, message.reply_to) : null,
      create('div', { class: 'text' }, ...renderText(message.text, message.entities)),
      create(
        'span',
        { class: 'under' },
        create('button', { type: 'button', class: 'reply', onclick: () => can.reply() }, 'Reply'),
        create(
          'time',
          { datetime: message.at },
          `${message.edited_at ? 'edited ' : ''}${timeOf(message.at)}`,
        ),
      ),
    ),
    keys.length > 0 ? create('div', { class: 'keys' }, ...keys) : null,
  );
}
