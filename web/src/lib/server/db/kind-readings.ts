import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, number } from './column.ts';

const kindReadings = z.array(
  z.object({
    service_kind: z.enum(['trial', 'group', 'personal', 'open', 'other']),
    as_of: date,
    value: number.nullable(),
    numerator: number.nullable(),
    denominator: number.nullable(),
    sample_size: number,
  }),
);
export type KindReading = z.infer<typeof kindReadings>[number];

const KINDS = kindReadings.element.shape.service_kind.options;
const COLUMNS = kindReadings.element.keyof().options.join(', ');

/** A metric by service kind on the latest day it was kept for, in the order of the kinds; none before the first night. */
export async function readKindReadings(api: Api, clubId: number, code: string): Promise<KindReading[]> {
  const answer = await api
    .from('metric_history')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('code', code)
    .neq('service_kind', 'all')
    .order('as_of', { ascending: false })
    .limit(KINDS.length);
  const rows = read('api.metric_history', answer, kindReadings);
  return rows
    .filter(({ as_of }) => as_of === rows[0]?.as_of)
    .sort((one, other) => KINDS.indexOf(one.service_kind) - KINDS.indexOf(other.service_kind));
}
