import { formatInstant } from '#lib/format/time.ts';
import type { Clock } from '#lib/format/time.ts';
import type { Voice } from '#lib/voice.ts';

const fields = {
  tone: {
    label: 'Tone',
    hint: 'How the messages sound, in your own words. Claude reads it before each message. Up to 300 characters.',
    example: 'Like a coach who remembers you. Friendly, down to earth, no pressure.',
  },
  signature: {
    label: 'Signature',
    hint: 'Stands under answers to members who wrote to you within the last 24 hours; a template has an ending of its own. Empty: the name of the club. Claude never sees it, so a phone number is fine. Up to 60 characters.',
    example: 'Your team at Vltava Fit',
  },
  opening_hours: {
    label: 'Opening hours',
    hint: 'A message may mention them, and no other hours. Empty: none are mentioned. Up to 200 characters.',
    example: 'Monday to Friday 6:00–22:00, Saturday and Sunday 8:00–20:00',
  },
  allowed_offers: {
    label: 'Offers you allow',
    hint: 'One per line, up to 10. A message may make one of these, and no other offer or promise. Empty: it makes none.',
    example: 'a friend may come along to your first training back',
  },
  forbidden_words: {
    label: 'Forbidden words',
    hint: 'One per line, or with commas between them, up to 50. A message of Claude’s in which one stands is written again, or the standard text takes its place.',
    example: 'cheap, levně, дешево',
  },
} as const;

const facts: Record<string, string> = {
  days_since_last_visit: 'Days since the last visit',
  visits_total: 'Visits in all',
  milestone: 'Milestone',
  usual_service: 'Usual training',
  usual_weekday: 'Usual day',
  days_since_last_pt_visit: 'Days since the last personal training',
};

function who({ version, changed_by, changed_by_email }: Voice, me: string): string {
  if (version === 0) return 'What every club begins with';
  if (changed_by === `operator:${me}`) return 'Saved by you';
  if (changed_by_email !== null) return `Saved by ${changed_by_email}`;
  return changed_by.startsWith('operator:') ? 'Saved by a colleague who has left' : 'Saved at installation';
}

export const voiceWords = {
  title: 'Voice',
  lead: 'How the club speaks when Claude writes for it, and what it lets be said. It holds for every message that is written from then on; those that are written stay as they are.',
  fields,
  example: (text: string) => `Example: ${text}`,
  nothing: 'None',
  readOnly: 'You can read this. An owner or operator changes it and tries it out.',
  save: 'Save',
  saved: (version: number) => `Saved as version ${version}. It holds from the next message on.`,
  same: 'This is what is saved already.',
  refused: 'Nothing was saved',
  notTried: 'It was not tried',
  newer: (version: number) =>
    `Version ${version} was saved while you were here. Look at it in the history; saving yours puts it in its place.`,
  trial: {
    title: 'Try it',
    lead: 'Three messages to real members, with what stands in the form now, saved or not. Nothing is sent, and nothing is planned. It costs what three drafts cost.',
    scenario: 'Scenario',
    language: 'Language',
    ownLanguage: 'What each member speaks',
    form: 'Form',
    forms: {
      template: 'In a template, as most messages go out',
      free_text: 'An answer to who wrote within 24 hours, with your signature',
    },
    submit: 'Try it',
    invalid: 'This form was incomplete. Load the page again and try once more.',
    none: 'Nothing tried yet',
    noneDetail: 'The three messages appear here.',
    result: 'What they would read',
    of: (scenario: string, when: string) => `${scenario}, asked for ${when}.`,
    progress: 'Progress of the try',
    waiting: 'Choosing the members…',
    writing: (done: number, all: number) => `${done} of ${all} messages written…`,
    writingDetail: 'Usually a few seconds. The page shows each as soon as it is there.',
    failed: (why: string) => `This try did not work. ${why}`,
    stale: 'What stands in the form is another voice by now.',
    notSent: 'Nobody was sent any of this.',
    text: (member: string) => `What ${member} would read`,
    yetToCome: 'Not written yet.',
    claude: 'Written by Claude',
    static: 'Standard text',
    language_is: 'Language',
    fits: 'Fits today',
    fitsNot: 'Does not fit today',
    fitsNotDetail: 'Too few fit the scenario today: this member only lends their facts.',
    why: (why: string) => `Why: ${why}.`,
    details: (member: string) => `What the message to ${member} was made of`,
    detailsShort: 'What it was made of',
    factsTitle: 'What Claude was told of the member',
    noFacts: 'Nothing is known of the member.',
    fact: (id: string, value: string | number) => `${facts[id] ?? id}: ${value}`,
    staticWhy: (reason: string | null) =>
      reason === null ? 'The standard text was taken.' : `The standard text was taken: ${reason}`,
    repaired: 'Claude’s first try was not accepted:',
    warnings: 'A person would have to look at it before it goes out:',
  },
  history: {
    title: 'History',
    version: (version: number) => `Version ${version}`,
    current: 'Holds now',
    line: (voice: Voice, me: string, clock: Clock) =>
      voice.changed_at === null
        ? `${who(voice, me)}.`
        : `${who(voice, me)}, ${formatInstant(voice.changed_at, clock)}.`,
    was: 'before',
    is: 'now',
    none: 'nothing',
    older: 'Older versions are kept, and not shown here.',
  },
};
