import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const membershipTypes = z.array(
  z.object({
    membership_type_id: number,
    title: z.string(),
    period: number.nullable(),
    period_unit: z.enum(['day', 'week', 'month', 'year']).nullable(),
    is_deleted: z.boolean(),
    is_auto_renewing: z.boolean(),
    auto_renewing_source: z.enum(['guess', 'operator']),
  }),
);
export type MembershipType = z.infer<typeof membershipTypes>[number];

const COLUMNS = membershipTypes.element.keyof().options.join(', ');

/** The kinds of membership a club offers or offered, and which of them renew themselves. */
export async function readMembershipTypes(api: Api, clubId: number): Promise<MembershipType[]> {
  const answer = await api
    .from('membership_types')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .order('is_deleted')
    .order('title')
    .order('membership_type_id');
  return read('api.membership_types', answer, membershipTypes);
}

export const renewingForm = z.object({
  key: z.coerce.number().int().positive(),
  choice: z.enum(['yes', 'no']),
});

const NOT_ALLOWED = '42501';

/** Says whether a kind of membership renews itself; false when the person may not. */
export async function setAutoRenewing(
  api: Api,
  clubId: number,
  { key, choice }: z.infer<typeof renewingForm>,
): Promise<boolean> {
  const answer = await api.rpc('set_auto_renewing', {
    p_club_id: clubId,
    p_membership_type_id: key,
    p_is_auto_renewing: choice === 'yes',
  });
  if (answer.error?.code === NOT_ALLOWED) return false;
  read('api.set_auto_renewing', answer, z.unknown());
  return true;
}
