import { z } from 'zod';
import type { Variant } from '#lib/campaign-message.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';

const variants = z.array(
  z.object({
    name: z.string(),
    language: z.string(),
    body: z.string(),
    footer: z.string().nullable(),
    parameters: z.array(z.string()),
    is_usable: z.boolean(),
    why_not: z.string().nullable(),
  }),
);

const COLUMNS = variants.element.keyof().options.join(', ');

/** Every template in each of its languages that Meta has shown, usable or not. */
export async function readVariants(api: Api, clubId: number): Promise<Variant[]> {
  const answer = await api
    .from('templates')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .not('body', 'is', null)
    .neq('status', 'DELETED')
    .order('name')
    .order('template_language');
  return read('api.templates', answer, variants);
}
