// One row of each entity as the database reads it (crm.apply_<entity>): the same on every platform. Ids are text. An instant
// is `…_at` where the platform gave an offset, else `…_local`, the club's wall clock, which the database resolves.
import type { Language, LanguageSource } from './language.ts';

interface Row {
  external_id: string;
  /** What the platform sent, untouched. */
  raw: unknown;
}

export interface ServiceRow extends Row {
  title: string;
  category_external_id: string | null;
  category_title: string;
}

export interface StaffRow extends Row {
  name: string;
  is_active: boolean;
}

export type PeriodUnit = 'day' | 'week' | 'month' | 'year';

export interface MembershipTypeRow extends Row {
  title: string;
  /** How many `period_unit` a membership lasts. */
  period: number | null;
  period_unit: PeriodUnit | null;
  /** Null: not counted in visits, or without limit. */
  visits_included: number | null;
}

export type DiscountUnit = 'percent' | 'amount';

export interface LoyaltyProgrammeRow extends Row {
  title: string;
  /** The platform's word for it. */
  type: string;
  /** Per cent, or an amount in the club's currency. */
  discount_value: number | null;
  discount_unit: DiscountUnit | null;
  /** Null: no limit. */
  usage_limit: number | null;
}

export interface ClientRow extends Row {
  name: string;
  first_name: string | null;
  phone: string | null;
  email: string | null;
  birth_date: string | null;
  language: Language;
  language_source: LanguageSource;
  is_excluded_from_mailings: boolean;
  platform_changed_at: string | null;
}

export type BookingStatus = 'booked' | 'confirmed' | 'attended' | 'no_show' | 'cancelled';

export interface BookingRow extends Row {
  client_external_id: string | null;
  staff_external_id: string | null;
  services: { external_id: string; title: string }[];
  activity_external_id: string | null;
  status: BookingStatus;
  is_deleted: boolean;
  starts_at: string | null;
  starts_local: string | null;
  made_at: string | null;
  made_local: string | null;
  platform_changed_at: string | null;
}

export interface MembershipRow extends Row {
  client_external_id: string | null;
  sale_external_id: string | null;
  membership_type_external_id: string | null;
  title: string;
  status: string;
  created_date: string | null;
  expires_date: string | null;
}

export interface MembershipSaleRow extends Row {
  client_external_id: string | null;
  membership_type_external_id: string | null;
  title: string;
  sold_at: string | null;
  sold_local: string | null;
  is_deleted: boolean;
  platform_changed_at: string | null;
}

export interface PaymentRow extends Row {
  client_external_id: string | null;
  /** The booking it was paid for; null: for none, or the platform does not say. */
  booking_external_id: string | null;
  /** The sale of the shop it was paid for: of a membership or of goods. */
  sale_external_id: string | null;
  amount_minor: number;
  paid_at: string | null;
  paid_local: string | null;
  title: string;
  is_deleted: boolean;
  platform_changed_at: string | null;
}

export interface EntityRows {
  services: ServiceRow;
  staff: StaffRow;
  membership_types: MembershipTypeRow;
  loyalty_programmes: LoyaltyProgrammeRow;
  clients: ClientRow;
  membership_sales: MembershipSaleRow;
  memberships: MembershipRow;
  bookings: BookingRow;
  payments: PaymentRow;
}

/** A row that could not be read, with the reason; it waits in quarantine while the rest goes on. */
export interface QuarantinedRow {
  external_id: string;
  reason: string;
  raw: unknown;
}
