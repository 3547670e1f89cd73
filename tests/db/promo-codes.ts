import type { Sql, TransactionSql } from 'postgres';
import type { Club, Day } from './club.ts';

export interface PromoCodeFields {
  code?: string;
  title?: string;
  percent?: number | null;
  minor?: number | null;
  from?: Day | null;
  until?: Day | null;
  limit?: number | null;
  linkKind?: string | null;
  linkId?: string | null;
  now?: string;
}

export interface Redemption {
  redemption_id: string;
  promo_code_id: number;
  code: string;
  title: string;
  discount_percent: number | null;
  discount_minor: number | null;
  client_id: number | null;
  amount_minor: number | null;
  redeemed_at: string;
  redeemed_by: string;
}

/** Noon in Prague on the club's default today. */
const NOON = '2026-06-15T10:00:00Z';

/** A code that holds from the club's today on, for everybody, unless told otherwise; returns it as it is kept. */
export async function createPromoCode(sql: Sql, club: Club, fields: PromoCodeFields = {}): Promise<string> {
  const { percent = fields.minor === undefined ? 10 : null, minor = null, limit = null } = fields;
  const [row] = await sql<{ code: string }[]>`
    with created as (
      select crm.create_promo_code(
        ${club.id}, ${fields.code ?? 'SUMMER'}, ${fields.title ?? 'Summer'}, ${percent}, ${minor}, ${fields.from ?? null},
        ${fields.until ?? null}, ${limit}, ${fields.linkKind ?? null}, ${fields.linkId ?? null}, 'test', ${fields.now ?? NOON}
      ) as id
    )
    select crm.read_promo_code(${fields.code ?? 'SUMMER'}) as code from created`;
  return row!.code;
}

export async function idOfPromoCode(sql: Sql, club: Club, code = 'SUMMER'): Promise<number> {
  const [row] = await sql<{ id: number }[]>`
    select promo_code_id::int as id from crm.promo_codes where club_id = ${club.id} and code = ${code}`;
  return row!.id;
}

export async function redeem(
  sql: Sql | TransactionSql,
  club: Club,
  code = 'SUMMER',
  {
    id = crypto.randomUUID() as string | null,
    client = null as number | null,
    amount = null as number | null,
    at = NOON,
  } = {},
): Promise<Redemption> {
  const [row] = await sql<{ redeemed: Redemption }[]>`
    select crm.redeem_promo_code(${club.id}, ${code}, ${id}, ${client}, ${amount}, 'test', ${at}) as redeemed`;
  return row!.redeemed;
}

export async function disable(sql: Sql, club: Club, id: number, actor = 'test', at = NOON): Promise<void> {
  await sql`select crm.disable_promo_code(${club.id}, ${id}, ${actor}, ${at})`;
}

export async function redemptions(sql: Sql, club: Club): Promise<number> {
  const [row] = await sql<{ redemptions: number }[]>`
    select count(*)::int as redemptions from crm.promo_redemptions where club_id = ${club.id}`;
  return row!.redemptions;
}
