// The message that what is being written will be a reply to.
const bar = document.getElementById('reply');
const quoted = document.getElementById('reply-quoted');
const field = document.getElementById('chat-text');
let target = null;

export const replyingTo = () => target;

export function stopReply() {
  target = null;
  bar.hidden = true;
}

export function startReply(message) {
  target = message.message_id;
  quoted.textContent = message.text.slice(0, 120);
  bar.hidden = false;
  field.focus();
}

/** A bot may ask for a reply: Telegram's apps then open one by themselves, for what came just now. */
export function openAskedReply(messages, newest) {
  const asked = messages.findLast((message) => message.force_reply && message.message_id > newest);
  if (asked) startReply(asked);
  if (target !== null && !messages.some((message) => message.message_id === target)) stopReply();
}

export function startReplies() {
  document.getElementById('reply-stop').addEventListener('click', () => {
    stopReply();
    field.focus();
  });
}
