// The entities of a booking platform that we mirror, in the order in which they are read: whoever is named comes before
// whoever names them, so that most rows find their client and service at once.
export const ENTITIES = [
  'services',
  'staff',
  'membership_types',
  'loyalty_programmes',
  'clients',
  'membership_sales',
  'memberships',
  'bookings',
  'payments',
] as const;

export type Entity = (typeof ENTITIES)[number];
