import { counted } from '#lib/format/number.ts';
import type { Consent, MarketingState, Withdrawn } from '#lib/server/db/consents.ts';
import type { Tone } from './tone.ts';

const bases: Record<Consent['basis'], string> = {
  consent: 'Consent',
  existing_customer: 'Existing customer, told',
};

const allowed: Record<Consent['basis'], string> = {
  consent: 'They agreed to messages from the club.',
  existing_customer: 'The club writes to its customers without asking each, and they never objected.',
};

const causes: Record<NonNullable<MarketingState['cause']>, string> = {
  stop_word: 'They answered a message with STOP.',
  button: 'They pressed the button under a message.',
  user_preferences: 'They stopped marketing in the settings of WhatsApp.',
  error_131050: 'WhatsApp says that they want no marketing.',
  unreachable: 'WhatsApp cannot reach their phone.',
  do_not_contact: 'They told the club.',
};

const withdrawals: Record<string, string> = {
  stop_word: 'a reply',
  button: 'the button',
  user_preferences: 'WhatsApp’s settings',
  error_131050: 'WhatsApp',
  do_not_contact: 'word to the club',
  import: 'an import',
};

const obstacles = {
  no_phone: 'No valid phone number is known.',
  no_consent: 'No consent is recorded.',
  platform: 'The booking platform keeps them from mailings. Change it there.',
};

function why({ obstacle, basis, cause, is_excluded_by_platform: isExcluded }: MarketingState): string {
  if (obstacle === null) return basis === null ? '' : allowed[basis];
  const told = cause === null ? [] : [causes[cause]];
  if (isExcluded) told.push(obstacles.platform);
  if (obstacle !== 'suppressed') told.unshift(obstacles[obstacle]);
  return told.join(' ');
}

function recordedBy(actor: string, me: string): string {
  if (actor === `operator:${me}`) return 'recorded by you';
  if (actor.startsWith('operator:')) return 'recorded by a colleague';
  if (actor.startsWith('import:')) return `imported from ${actor.slice('import:'.length)}`;
  return 'recorded in the database';
}

export const consentWords = {
  title: 'May the club write to them?',
  state: (state: MarketingState): { title: string; text: string; tone: Tone } => ({
    title: state.obstacle === null ? 'May be written to' : 'May not be written to',
    text: why(state),
    tone: state.obstacle === null ? 'good' : 'warn',
  }),
  since: 'Since',
  ledger: 'What they agreed to',
  none: 'No consent is recorded.',
  basis: (basis: Consent['basis']) => bases[basis],
  wording: (version: string, language: string | null) =>
    language === null ? `wording ${version}` : `wording ${version}, in ${language}`,
  proof: (proof: string) => `Evidence: ${proof}`,
  given: 'Given',
  withdrawn: 'Withdrawn',
  by: (cause: string | null) => (cause === null ? '' : `by ${withdrawals[cause] ?? cause}`),
  recordedBy,
  record: {
    title: 'Record a consent',
    button: 'Record the consent',
    saved: 'Recorded.',
  },
  withdraw: {
    title: 'They want no more messages',
    lead: 'Everything planned and queued for them is cancelled, and nothing is sent until they agree again.',
    how: 'How they said it',
    button: 'Stop all messages',
    saved: ({ messages, drafts, on_their_way: late }: Withdrawn) => {
      const cancelled = messages + drafts;
      const kept =
        cancelled === 0 ? 'Nothing was waiting.' : `${counted(cancelled, 'message', 'messages')} cancelled.`;
      const gone = late === 0 ? '' : ` ${counted(late, 'message', 'messages')} had already left.`;
      return `Nothing more will be sent. ${kept}${gone}`;
    },
  },
  lift: {
    title: 'Write to them again',
    ownWord: 'They said no themselves, so it takes a consent that they gave since.',
    unreachable: 'Only a phone did not answer: a reason is enough.',
    reason: 'Why',
    button: 'Lift the stop',
    saved: 'Lifted.',
  },
  fields: {
    basis: 'What it is',
    source: 'Where it was given',
    version: 'Which wording they were shown',
    given: 'When it was given',
    proof: 'Where the evidence is',
  },
  readOnly: 'Your role in the club does not let you change this.',
  invalid: 'This form was incomplete. Fill in every field but the evidence.',
};
