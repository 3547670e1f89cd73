import { counted } from '#lib/format/number.ts';
import { formatDate } from '#lib/format/time.ts';
import type { Tone } from './tone.ts';

const languages: Record<string, string> = {
  cs: 'Czech',
  uk: 'Ukrainian',
  ru: 'Russian',
  en: 'English',
  bg: 'Bulgarian',
};

export function languageName(code: string): string {
  return languages[code] ?? code;
}

const listed = (names: string[], word: string) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;

type Status = 'draft' | 'running' | 'stopped' | 'finished';

const states: Record<Status, { label: string; tone: Tone }> = {
  draft: { label: 'Draft', tone: 'calm' },
  running: { label: 'Running', tone: 'good' },
  stopped: { label: 'Stopped', tone: 'bad' },
  finished: { label: 'Finished', tone: 'calm' },
};

function lastVisit(from: number | null, until: number | null): string | null {
  const days = (count: number) => counted(count, 'day', 'days');
  if (from !== null && until !== null) return `last visit ${from} to ${days(until)} ago`;
  if (from !== null) return `last visit ${days(from)} ago or more`;
  return until === null ? null : `last visit ${days(until)} ago or less`;
}

interface Choice {
  segment: string | null;
  segment_name: string | null;
  languages: string[] | null;
  last_visit_from_days: number | null;
  last_visit_until_days: number | null;
  tags: string[] | null;
}

/** Whom a campaign is for, as a phrase. */
export function audienceWords(campaign: Choice): string {
  const { segment, segment_name, last_visit_from_days, last_visit_until_days, tags } = campaign;
  return [
    segment === null ? 'Everybody' : (segment_name ?? 'Clients in no segment'),
    campaign.languages && `speaking ${listed(campaign.languages.map(languageName), 'or')}`,
    lastVisit(last_visit_from_days, last_visit_until_days),
    tags &&
      `tagged ${listed(
        tags.map((tag) => `“${tag}”`),
        'or',
      )}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** When a campaign runs, as a phrase. */
interface Days {
  starts_date: string;
  ends_date: string;
}

export function daysWords({ starts_date, ends_date }: Days, today: string): string {
  if (starts_date === ends_date) return `on ${formatDate(starts_date, today)}`;
  return `${formatDate(starts_date, today)} to ${formatDate(ends_date, today)}`;
}

function who(actor: string | null, me: string): string {
  if (actor === `operator:${me}`) return 'you';
  return actor?.startsWith('operator:') ? 'a colleague' : 'the machine';
}

const clients = (count: number) => counted(count, 'client', 'clients');

export const campaignWords = {
  title: 'Campaigns',
  lead: 'Automated scenarios write when their occasion comes; a one-off campaign writes once to the audience you choose.',
  effect: 'Effect of all of them',
  automated: { title: 'Automated', on: 'On', off: 'Off', oncePer: (reason: string) => `once per ${reason}` },
  oneOff: {
    title: 'One-off',
    none: 'No one-off campaign yet.',
    noneDetail: 'Write to a segment once: an opening, a new class, a change of hours.',
    new: 'New campaign',
  },
  states,
  languageName,
  readOnly: 'You can read this. An owner or operator changes it.',
  fresh: {
    title: 'New campaign',
    lead: 'Give it a name; everything else follows, and is saved as you go. Nothing is sent before you start it.',
    create: 'Create draft',
  },
  name: { label: 'Name', hint: 'For you and your colleagues. Members never see it.' },
  segment: { label: 'Segment', all: 'Everybody', unsegmented: 'In no segment' },
  languages: { label: 'Languages', hint: 'None ticked: whatever they speak.' },
  lastVisit: {
    label: 'Days since the last visit',
    from: 'From',
    until: 'To',
    hint: 'Empty: no limit. With a limit, those who never came are left out.',
  },
  tags: {
    label: 'Tags in the booking platform',
    hint: 'Any of those ticked. None ticked: with or without tags.',
    none: 'The booking platform shows no tags.',
  },
  template: {
    label: 'Template',
    none: 'Choose a template',
    usable: (names: string[]) => `sent in ${listed(names, 'and')}`,
    unusable: 'can not be sent now',
    hint: 'WhatsApp delivers a campaign only in a template that Meta approved.',
    manage: 'Templates in the settings',
  },
  fallback: {
    label: 'Fallback language',
    none: 'None: who speaks another language gets nothing',
    hint: 'For whoever speaks a language in which the template can not be sent.',
  },
  dates: {
    label: 'Days',
    from: 'First day',
    until: 'Last day',
    hint: 'Each member gets it once, on the first of these days on which nothing stands against it.',
  },
  parts: { who: 'Who', what: 'What', when: 'When' },
  message: {
    label: (language: string) => `Message in ${languageName(language)}`,
    hint: 'One line: it takes the place of {{message}} in the template.',
    none: 'Choose a template, and the messages appear here.',
    noPlace: 'This template has no place for a message of yours: it goes out as it is.',
    unused: 'Not used: the template is not sent in this language now.',
    as: (language: string) => `As a member reads it in ${languageName(language)}`,
    example: 'With example facts in the place of the member’s.',
    for: (count: number) => `for ${clients(count)}`,
  },
  audience: {
    title: 'Audience today',
    clients: (count: number) => (count === 1 ? 'client fits' : 'clients fit'),
    lead: 'Before the checks: consent, cooldown, the cap and the daily limit, and the control group, come on top.',
    in: (language: string, servedIn: string | null) =>
      servedIn === null || servedIn === ''
        ? `${languageName(language)}: can not be written to yet`
        : servedIn === language
          ? languageName(language)
          : `${languageName(language)}, written to in ${languageName(servedIn)}`,
    names: (names: string[], all: number) =>
      `${names.join(', ')}${all > names.length ? ` and ${counted(all - names.length, 'other', 'others')}` : ''}`,
    nameless: 'no name',
    preview: 'Who would get it today, and why others would not',
  },
  lacking: {
    title: 'Missing before it can start',
    none: 'Nothing is missing: it can start.',
    good: 'Good to know',
  },
  saving: { saved: 'Saved', saving: 'Saving…', edited: 'Not saved yet', save: 'Save draft' },
  refused: 'This was not saved:',
  notStarted: 'It was saved, and not started:',
  notStopped: 'It was not stopped:',
  start: {
    open: 'Start…',
    now: 'Start now',
    what: (count: number, days: string) =>
      `From the moment you start it, and only on its days (${days}), everybody in the audience whom nothing stands against gets this message once: ${clients(count)} fit today, and whoever fits on a later day joins them. Some stay in the control group and get nothing, so that the effect can be measured.`,
    approve:
      'Starting approves these words: nobody is asked again for each message, and neither words nor audience can be changed any more. You can stop it at any time.',
    done: 'Started. The next planning picks the members, within minutes.',
  },
  stop: {
    open: 'Stop…',
    now: 'Stop now',
    what: 'Nobody else gets it. Messages that are approved and not on their way yet are cancelled; what is with WhatsApp already can not be taken back. A stopped campaign can not be started again.',
    reason: 'Why',
    done: (voided: number) =>
      voided === 0
        ? 'Stopped. No message was waiting.'
        : `Stopped. ${counted(voided, 'waiting message was', 'waiting messages were')} cancelled.`,
  },
  facts: {
    audience: 'For',
    days: 'Days',
    template: 'Template',
    fallback: 'Fallback language',
    started: 'Started',
    stopped: 'Stopped',
    why: 'Why',
    by: (actor: string | null, me: string, when: string) => `${when}, by ${who(actor, me)}`,
  },
  says: 'What it says',
  effectOf: 'What became of it',
  notDays: (typed: string) =>
    `The days since the last visit must be a whole number from 0 to 3650, not “${typed}”.`,
  nameless: 'A campaign needs a name: it is how you find it again.',
  unknown: 'There is no such campaign in this club.',
  back: 'All campaigns',
  previewTitle: (name: string) => `${name}: who gets it`,
  toCampaign: 'Back to the campaign',
};
