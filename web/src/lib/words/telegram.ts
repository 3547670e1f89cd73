import { CODE_MINUTES } from '#lib/telegram-links.ts';
import type { TelegramLink } from '#lib/telegram-links.ts';
import type { Tone } from './tone.ts';

const linkedAs = (name: string | null) => (name ? `Linked as ${name}` : 'Linked');

const rights: Record<Exclude<TelegramLink['role'], 'analyst'>, string> = {
  owner: 'decides about messages, pauses and resumes sending, and says who approves.',
  operator: 'decides about messages, and pauses and resumes sending.',
  moderator: 'decides about messages.',
};

/** What somebody may do in Telegram, or would. */
function may({ role, is_active, is_linked }: TelegramLink): string {
  if (!is_active) return is_linked ? telegramWords.people.removedHint : '';
  if (role === 'analyst') return 'Reads the dashboard; decides nothing in Telegram either.';
  return is_linked ? `In Telegram: ${rights[role]}` : `Once linked: ${rights[role]}`;
}

export const telegramWords = {
  title: 'Telegram',
  linkedAs,
  invalid: 'This form was incomplete. Load the page again and choose once more.',
  own: {
    title: 'Your Telegram account',
    lead: 'In the moderation chat each message that waits for a person has its buttons: approve, reject, edit, put off. Linked, your decisions there count as yours, with the role you have here, in every club where you work.',
    notLinked: 'Not linked yet',
    start: 'Link my Telegram',
    anew: 'Make a new code',
    again: 'Link another account',
    unlink: 'Unlink',
    unlinkMine: 'Unlink my Telegram account',
  },
  code: {
    made: `Send the code to the bot within ${CODE_MINUTES} minutes.`,
    label: 'Your code',
    shownOnce: `It is shown only here, works once and for ${CODE_MINUTES} minutes. Give it to nobody: whoever sends it decides in your name.`,
    steps: [
      'In the moderation chat, tap the bot’s name and open a private chat with it.',
      'Send it this line:',
    ],
    command: (code: string) => `/start ${code}`,
    done: 'The bot answers with your clubs, and this page shows the link by itself.',
    replaces: 'It takes the place of the account that is linked now.',
  },
  people: {
    title: 'Who may decide in Telegram',
    rules: [
      'Owners, operators and moderators whose account is linked, each with the rights of their role. Taps count only in the moderation chat.',
      'Whoever runs the installation can also list Telegram accounts that are linked to nobody: they decide as moderators, in every club.',
      'Nobody else. A stranger’s tap does nothing and is noted in the audit log. Who is removed from the club is out with their next tap, on old cards too.',
    ],
    you: 'You',
    notLinked: 'Not linked',
    removed: 'Removed',
    removedHint:
      'May do nothing, also when the account is on the list. Unlinked, it counts as a stranger’s again.',
    may,
    unlinkFor: (email: string) => `Unlink the Telegram account of ${email}`,
    unlinked: 'Unlinked. It holds from the next tap on.',
    same: 'There was no link any more.',
  },
  language: {
    title: 'Language of the moderation chat',
    lead: 'What the chat says about this club is in this language, and a message in another one comes with a translation. Members are written to in theirs all the same.',
    label: 'Language',
    readOnly: 'Only an owner or operator of the club may change it.',
    saved: 'Saved. The cards in the chat follow.',
  },
  state: (link: TelegramLink): { tone: Tone; text: string } => {
    if (!link.is_active) return { tone: 'bad', text: telegramWords.people.removed };
    if (!link.is_linked) return { tone: 'calm', text: telegramWords.people.notLinked };
    return {
      tone: link.role === 'analyst' ? 'calm' : 'good',
      text: linkedAs(link.telegram_name),
    };
  },
};
