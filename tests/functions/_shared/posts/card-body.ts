import { cardBody } from '../../../../supabase/functions/_shared/posts/card.ts';
import type { CardBody } from '../../../../supabase/functions/_shared/posts/card.ts';

export const DRAFT_ID = '7d9c1c1e-58a5-4a70-9f0e-2f6a2cb3c001';

/** What the database says of a draft in Czech that waits for a decision, but for what a test changes. */
export function toCardBody(fields: Partial<CardBody> = {}): CardBody {
  return cardBody.parse({
    club_id: 1,
    draft_id: DRAFT_ID,
    version: 2,
    status: 'pending',
    decided_by_name: null,
    decided_in: null,
    decided_at: null,
    decision_reason: null,
    snoozed_until: null,
    snoozed_by_name: null,
    member: 'Eva N.',
    segment: 'going_silent',
    segment_name: 'Going Silent',
    scenario: 'reactivation',
    scenario_name: 'Reactivation',
    campaign: null,
    why: 'last visit 74 days ago, 31 visits in all',
    variables: { days_since_last_visit: 74, visits_total: 31 },
    language: 'cs',
    form: 'template',
    message: 'Přijďte si zase zacvičit.',
    rendered: 'Dobrý den z Vltava Fit! Přijďte si zase zacvičit.',
    source: 'claude',
    author_name: null,
    warnings: [],
    expires_at: '2026-11-22T09:00:00Z',
    timezone: 'Europe/Prague',
    club: 'Vltava Fit',
    translation: null,
    facts: {
      last_visit_date: '2026-09-07',
      days_since_last_visit: 74,
      last_messages: [],
      expected_value: null,
      spend_minor_30d: null,
      currency: 'CZK',
    },
    ...fields,
  });
}
