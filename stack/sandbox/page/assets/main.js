// Starts the page and keeps it live: one look at the sandbox a second, paused while nobody looks.
import { startPhones, updatePhones } from './phones.js';
import { notify } from './dom.js';
import { startTelegram, updateTelegram } from './telegram.js';
import { startThread } from './thread.js';

const everyMs = 1000;
let isConnected = true;

async function update() {
  try {
    await Promise.all([updateTelegram(), updatePhones()]);
    if (!isConnected) notify('The sandbox is back.');
    isConnected = true;
  } catch (error) {
    if (isConnected) notify(`The sandbox does not answer (${error.message}). Is it still running?`, 'error');
    isConnected = false;
  }
}

async function live() {
  if (document.visibilityState === 'visible') await update();
  setTimeout(live, everyMs);
}

/** On a narrow screen one of the two apps is shown at a time. */
function startTabs() {
  const tabs = [...document.querySelectorAll('[data-tab]')];
  for (const tab of tabs) {
    tab.addEventListener('click', () => {
      document.body.dataset.view = tab.dataset.tab;
      for (const other of tabs) other.setAttribute('aria-pressed', String(other === tab));
      for (const list of document.querySelectorAll('.messages')) list.scrollTop = list.scrollHeight;
    });
  }
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void update();
});
startTabs();
startTelegram();
startThread();
startPhones();
void live();
