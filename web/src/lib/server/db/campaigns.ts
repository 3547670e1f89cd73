import { z } from 'zod';
import type { CampaignInput } from '#lib/campaign-form.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';

const campaigns = z.array(
  z.object({
    campaign_id: number,
    name: z.string(),
    segment: z.string().nullable(),
    segment_name: z.string().nullable(),
    languages: z.array(z.string()).nullable(),
    last_visit_from_days: z.number().nullable(),
    last_visit_until_days: z.number().nullable(),
    tags: z.array(z.string()).nullable(),
    template_name: z.string().nullable(),
    fallback_language: z.string().nullable(),
    messages: z.record(z.string(), z.string()),
    starts_date: date,
    ends_date: date,
    status: z.enum(['draft', 'running', 'stopped', 'finished']),
    stopped_reason: z.string().nullable(),
    created_at: instant,
    started_by: z.string().nullable(),
    started_at: instant.nullable(),
    stopped_by: z.string().nullable(),
    stopped_at: instant.nullable(),
  }),
);
export type Campaign = z.infer<typeof campaigns>[number];

const COLUMNS = campaigns.element.keyof().options.join(', ');

/** The one-off campaigns of a club, the newest first. */
export async function readCampaigns(api: Api, clubId: number): Promise<Campaign[]> {
  const answer = await api
    .from('campaigns')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .order('campaign_id', { ascending: false });
  return read('api.campaigns', answer, campaigns);
}

export async function readCampaign(api: Api, clubId: number, campaignId: number): Promise<Campaign | null> {
  const answer = await api
    .from('campaigns')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('campaign_id', campaignId);
  return read('api.campaigns', answer, campaigns)[0] ?? null;
}

const lacking = z.array(
  z.object({
    code: z.string(),
    language: z.string().nullable(),
    sentence: z.string(),
    prevents_start: z.boolean(),
  }),
);
export type Lacking = z.infer<typeof lacking>[number];

/** What a campaign lacks today; empty: it is ready. */
export async function checkCampaign(api: Api, clubId: number, campaignId: number): Promise<Lacking[]> {
  const answer = await api.rpc('check_campaign', { p_club_id: clubId, p_campaign_id: campaignId });
  return read('api.check_campaign', answer, lacking);
}

const audience = z.array(
  z.object({
    language: z.string(),
    clients: number,
    served_in: z.string().nullable(),
    names: z.array(z.string()),
  }),
);
export type Audience = z.infer<typeof audience>;

/** Whom a campaign is for today, by language, the largest first. */
export async function readCampaignAudience(api: Api, clubId: number, campaignId: number): Promise<Audience> {
  const answer = await api
    .rpc('campaign_audience', { p_club_id: clubId, p_campaign_id: campaignId })
    .select('language, clients, served_in, names');
  return read('api.campaign_audience', answer, audience);
}

const tags = z.array(z.object({ tag: z.string(), clients: number }));
export type Tag = z.infer<typeof tags>[number];

/** The tags of a club's clients in its booking platform. */
export async function readClientTags(api: Api, clubId: number): Promise<Tag[]> {
  return read('api.client_tags', await api.rpc('client_tags', { p_club_id: clubId }), tags);
}

export type Refused = { refusal: string };

/** What the database says to who may not, to a campaign that is not there, to a value, and to a state in which it can not be. */
const REFUSALS = ['42501', 'P0002', '23514', '55000'];

/** Saves a campaign, complete or not; its id, or why it was refused. */
export async function saveCampaign(
  api: Api,
  clubId: number,
  campaignId: number | null,
  fields: Partial<CampaignInput>,
): Promise<number | Refused> {
  const answer = await api.rpc('save_campaign', {
    p_club_id: clubId,
    p_campaign: fields,
    p_campaign_id: campaignId,
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return read('api.save_campaign', answer, number);
}

/** Starts a campaign; why not, when it was refused. */
export async function startCampaign(api: Api, clubId: number, campaignId: number): Promise<string | null> {
  const answer = await api.rpc('start_campaign', { p_club_id: clubId, p_campaign_id: campaignId });
  if (answer.error && REFUSALS.includes(answer.error.code)) return answer.error.message;
  read('api.start_campaign', answer, z.unknown());
  return null;
}

/** Stops a campaign; how many messages that voided, or why it was refused. */
export async function stopCampaign(
  api: Api,
  clubId: number,
  campaignId: number,
  reason: string,
): Promise<number | Refused> {
  const answer = await api.rpc('stop_campaign', {
    p_club_id: clubId,
    p_campaign_id: campaignId,
    p_reason: reason,
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return read('api.stop_campaign', answer, number);
}
