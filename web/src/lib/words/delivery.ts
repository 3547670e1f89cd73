import { formatInstant } from '#lib/format/time.ts';
import type { Clock } from '#lib/format/time.ts';
import { counted, formatCount } from '#lib/format/number.ts';
import type { Autonomy, AutonomyCode, DeliveryMode } from '#lib/delivery.ts';

const fields: Record<AutonomyCode, { title: string; unit: string; meaning: string }> = {
  autonomy_min_approvals: {
    title: 'Approvals in a row',
    unit: 'messages',
    meaning: 'So many messages of a scenario in one language must have been approved one after another.',
  },
  autonomy_max_edited_share: {
    title: 'Edited, at most',
    unit: '% of them',
    meaning: 'Who has to correct the words often should go on reading them.',
  },
  autonomy_max_opt_out_share: {
    title: 'Opt-outs, at most',
    unit: '% of messages',
    meaning: 'Of the last 30 days, counted within a week after the message. A single person never ends it.',
  },
  autonomy_sample_share: {
    title: 'Still shown to a person',
    unit: '% of messages',
    meaning: 'Chosen by lot, so that somebody keeps reading what goes out.',
  },
};

export const deliveryWords = {
  title: 'Who approves',
  lead: 'Every message passes the same checks. What you choose here is whether a person reads it before it goes out.',
  effective:
    'A change holds from the next planning: messages that are planned already keep the way they were planned with.',
  readOnly: 'Only an owner or operator of the club may change these.',
  invalid: 'This form was incomplete. Load the page again and choose once more.',
  saved: 'Saved. It holds from the next planning on.',
  modes: {
    moderation: { name: 'A person approves each message', short: 'A person' },
    notification: { name: 'Messages go out by themselves', short: 'By themselves' },
  } satisfies Record<DeliveryMode, { name: string; short: string }>,
  club: {
    title: 'The club',
    meaning: {
      moderation:
        'Drafts wait here and in Telegram until somebody approves or rejects them; after their time they expire.',
      notification: 'A draft that passes every check is approved at once and sent in your sending hours.',
    } satisfies Record<DeliveryMode, string>,
    current: 'Chosen',
    choose: 'Choose this',
    chooseFor: (name: string) => `Choose: ${name}`,
  },
  scenarios: {
    title: 'The scenarios',
    caption:
      'Of each scenario: whether it is on, who approves its messages, and what it earned in each language',
    columns: { name: 'Scenario', mode: 'Who approves', autonomy: 'Earned autonomy' },
    on: 'On',
    off: 'Off',
    toOn: 'Switch on',
    toOff: 'Switch off',
    toOnFor: (name: string) => `Switch ${name} on`,
    toOffFor: (name: string) => `Switch ${name} off`,
    enabled: 'Switched on. It is planned with the others from the next planning on.',
    disabled: (voided: number) =>
      voided === 0
        ? 'Switched off. None of its messages was waiting.'
        : `Switched off. ${counted(voided, 'message', 'messages')} of it will not be sent.`,
    follow: 'As the club',
    modesOf: (name: string) => `Who approves the messages of ${name}`,
  },
  autonomy: {
    title: 'Earned autonomy',
    lead: 'Where a person approves, a scenario may earn in one language that its messages go out by themselves. It loses that at once when a message is rejected, when one that went out by itself is judged bad in Telegram, when too many people opt out, or when the quality of its template drops.',
    on: 'Let scenarios earn it',
    isOff: 'Switched off for this club.',
    fields,
    save: 'Save',
    same: 'Nothing was changed.',
    refused: 'Not saved:',
    notANumber: (code: AutonomyCode) => `${fields[code].title} must be a number, such as 5.`,
    earned: 'Earned',
    lost: 'Lost',
    nothingYet: 'Nobody decided about its messages yet.',
    progress: (approvals: number, asked: number) =>
      `${formatCount(approvals)} of ${formatCount(asked)} in a row`,
    overruled: 'What you chose for the scenario or the club holds all the same.',
    since: ({ was_earned, changed_at, change_why }: Autonomy, clock: Clock): string | null => {
      if (changed_at === null || was_earned === null) return null;
      return `${was_earned ? 'Earned' : 'Lost'} ${formatInstant(changed_at, clock)}. ${change_why}`;
    },
  },
};
