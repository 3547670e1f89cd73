import { z } from 'zod';
import { groupPreview } from '#lib/preview.ts';
import type { Preview } from '#lib/preview.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const rows = z.array(
  z.object({
    skip_reason: z.string().nullable(),
    clients: number,
    client_id: number,
    external_id: z.string(),
    name: z.string(),
    segment: z.string().nullable(),
    why: z.string(),
  }),
);

const COLUMNS = rows.element.keyof().options.join(', ');
const CLIENTS_PER_REASON = 25;

/** Who would get an automated scenario now as if it were on, and why others would not. */
export async function previewScenario(api: Api, clubId: number, scenario: string): Promise<Preview> {
  const answer = await api
    .rpc('preview_scenario', {
      p_club_id: clubId,
      p_scenario: scenario,
      p_clients_per_reason: CLIENTS_PER_REASON,
    })
    .select(COLUMNS);
  return groupPreview(read('api.preview_scenario', answer, rows));
}

/** Who would get a one-off campaign now as if it were running, and why others would not. */
export async function previewCampaign(api: Api, clubId: number, campaignId: number): Promise<Preview> {
  const answer = await api
    .rpc('preview_campaign', {
      p_club_id: clubId,
      p_campaign_id: campaignId,
      p_clients_per_reason: CLIENTS_PER_REASON,
    })
    .select(COLUMNS);
  return groupPreview(read('api.preview_campaign', answer, rows));
}
