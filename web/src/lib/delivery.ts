/** Who approves a message: a person, or it goes out by itself when it passes every check. */
export type DeliveryMode = 'moderation' | 'notification';

/** What a club chose; shares are parts of one. */
export interface DeliverySettings {
  delivery_mode: DeliveryMode;
  is_autonomy_on: boolean;
  autonomy_min_approvals: number;
  autonomy_max_edited_share: number;
  autonomy_max_opt_out_share: number;
  autonomy_sample_share: number;
}

/** A scenario, with what the club chose about it; null: as the club. */
export interface ScenarioDelivery {
  code: string;
  name: string;
  fires_for: string;
  is_enabled: boolean;
  own_delivery_mode: DeliveryMode | null;
}

/** How far a scenario is from autonomy in a language, and the last time that it earned or lost it; null: it never did. */
export interface Autonomy {
  scenario: string;
  language: string;
  delivery_mode: DeliveryMode;
  basis: 'club' | 'scenario' | 'earned';
  approvals_in_a_row: number;
  sent: number;
  is_earned: boolean;
  why: string;
  was_earned: boolean | null;
  changed_at: string | null;
  change_why: string | null;
}

/** The numbers that earned autonomy asks for; shares stand in their fields as percent. */
export const AUTONOMY_FIELDS = [
  { code: 'autonomy_min_approvals', isShare: false },
  { code: 'autonomy_max_edited_share', isShare: true },
  { code: 'autonomy_max_opt_out_share', isShare: true },
  { code: 'autonomy_sample_share', isShare: true },
] as const;

export type AutonomyCode = (typeof AUTONOMY_FIELDS)[number]['code'];
