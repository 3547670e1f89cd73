import { campaignWords } from '#lib/words/campaign.ts';

/** A campaign as it is entered; the database takes it as it stands. */
export interface CampaignInput {
  name: string;
  segment: string | null;
  languages: string[] | null;
  last_visit_from_days: number | null;
  last_visit_until_days: number | null;
  tags: string[] | null;
  template_name: string | null;
  fallback_language: string | null;
  messages: Record<string, string>;
  starts_date: string | null;
  ends_date: string | null;
}

/** What may have changed when a campaign was saved. */
export const CAMPAIGN = 'regulars:campaign';

export const LANGUAGES = ['cs', 'uk', 'ru', 'en', 'bg'] as const;

/** What was typed, and why some of it can not be. */
export interface CampaignForm {
  input: CampaignInput;
  mistakes: string[];
}

const MESSAGE = /^message\.([a-z]{2})$/;

function text(fields: FormData, name: string): string | null {
  const value = fields.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function texts(fields: FormData, name: string): string[] | null {
  const values = fields.getAll(name).filter((value) => typeof value === 'string' && value !== '');
  return values.length > 0 ? (values as string[]) : null;
}

/** Reads the form: languages and tags come once for each, the line of a language as `message.<language>`. */
export function readCampaignForm(fields: FormData): CampaignForm {
  const mistakes: string[] = [];
  const days = (name: 'last_visit_from_days' | 'last_visit_until_days') => {
    const typed = text(fields, name);
    if (typed === null) return null;
    if (/^\d{1,4}$/.test(typed)) return Number(typed);
    mistakes.push(campaignWords.notDays(typed));
    return null;
  };
  const messages: Record<string, string> = {};
  for (const [name, value] of fields) {
    const language = MESSAGE.exec(name)?.[1];
    if (language && typeof value === 'string' && value.trim() !== '') messages[language] = value.trim();
  }
  const input: CampaignInput = {
    name: text(fields, 'name') ?? '',
    segment: text(fields, 'segment'),
    languages: texts(fields, 'languages'),
    last_visit_from_days: days('last_visit_from_days'),
    last_visit_until_days: days('last_visit_until_days'),
    tags: texts(fields, 'tags'),
    template_name: text(fields, 'template_name'),
    fallback_language: text(fields, 'fallback_language'),
    messages,
    starts_date: text(fields, 'starts_date'),
    ends_date: text(fields, 'ends_date'),
  };
  if (input.name === '') mistakes.push(campaignWords.nameless);
  return { input, mistakes };
}

/** A campaign as it stands in its fields. */
export interface CampaignFields {
  name: string;
  segment: string;
  languages: string[];
  from: string;
  until: string;
  tags: string[];
  template: string;
  fallback: string;
  messages: Record<string, string>;
  starts: string;
  ends: string;
}

export function campaignFields(campaign: CampaignInput): CampaignFields {
  return {
    name: campaign.name,
    segment: campaign.segment ?? '',
    languages: campaign.languages ?? [],
    from: String(campaign.last_visit_from_days ?? ''),
    until: String(campaign.last_visit_until_days ?? ''),
    tags: campaign.tags ?? [],
    template: campaign.template_name ?? '',
    fallback: campaign.fallback_language ?? '',
    messages: { ...campaign.messages },
    starts: campaign.starts_date ?? '',
    ends: campaign.ends_date ?? '',
  };
}
