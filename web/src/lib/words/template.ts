import { formatInstant } from '#lib/format/time.ts';
import type { Clock } from '#lib/format/time.ts';
import type { Template } from '#lib/template-table.ts';

/** When the starter templates were last asked for, what came of it, and when Meta was last heard of. */
export interface TemplateRequest {
  requested_at: string | null;
  answered_at: string | null;
  failed_at: string | null;
  error: string | null;
  synced_at: string | null;
}

interface State {
  label: string;
  tone: 'good' | 'calm' | 'warn' | 'bad';
}

const states: Record<string, State> = {
  PENDING: { label: 'In review', tone: 'calm' },
  IN_APPEAL: { label: 'In review', tone: 'calm' },
  REFUSED: { label: 'Refused', tone: 'bad' },
  REJECTED: { label: 'Rejected', tone: 'bad' },
  DISABLED: { label: 'Disabled', tone: 'bad' },
  DELETED: { label: 'Deleted', tone: 'bad' },
  PAUSED: { label: 'Paused', tone: 'warn' },
};

export const templateWords = {
  title: 'Templates',
  lead: 'WhatsApp lets a club write first only in texts that Meta has approved. Each scenario needs one in every language your members speak; who speaks another gets the language of the club. Where there is none, nothing is sent.',
  invalid: 'This form was incomplete. Load the page again and try once more.',
  readOnly: 'Only an owner or operator of the club may submit templates or take them up again.',
  table: {
    caption: 'The state of the template of each scenario in each language',
    scenario: 'Scenario',
    usable: (usable: number, all: number) => `${usable} of ${all} can be sent`,
  },
  state: ({ name, status, is_usable }: Template): State => {
    if (name === null) return { label: 'None', tone: 'calm' };
    if (is_usable) return { label: 'Approved', tone: 'good' };
    return states[status ?? ''] ?? { label: 'Stopped', tone: 'warn' };
  },
  texts: 'The texts',
  textsOf: (scenario: string) => `The texts of ${scenario}`,
  request: {
    button: 'Submit the starter templates',
    title: 'The starter templates',
    lead: 'The product brings a text for each scenario in five languages. Those that Meta does not have yet are handed in for review, which takes up to a day.',
    saved: 'They are being handed in. Their state shows here within a few minutes.',
    state: (request: TemplateRequest, clock: Clock): string => {
      const { requested_at, answered_at, failed_at, error, synced_at } = request;
      const seen = synced_at ? ` Meta’s state was last read ${formatInstant(synced_at, clock)}.` : '';
      if (requested_at === null) return `Nobody asked for them here yet.${seen}`;
      if (answered_at !== null) return `Handed in ${formatInstant(answered_at, clock)}.${seen}`;
      if (failed_at !== null)
        return `Asked for ${formatInstant(requested_at, clock)}; the try at ${formatInstant(failed_at, clock)} failed and is made again: ${error}`;
      return `Asked for ${formatInstant(requested_at, clock)}, waiting to be handed in.`;
    },
  },
  stopped: {
    title: 'What stands still',
    none: 'Nothing: every template that Meta has looked at can be sent.',
    since: (at: string) => `since ${at}`,
    standIn: (name: string) => `Until then ${name} goes out.`,
    resume: 'Take it up again',
    resumeFor: (name: string, language: string) => `Take up ${name} in ${language} again`,
    saved: 'Saved. Messages go out in it again.',
  },
  own: {
    title: 'Your other templates',
    lead: 'Templates you made at Meta by yourselves. Campaigns can use them; no scenario does, because of their names.',
  },
};
