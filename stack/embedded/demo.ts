/** What supabase/seed.sql creates; printed so that a person can sign in. */
export const DEMO_PASSWORD = 'regulars-demo';
export const DEMO_LOGINS = ['owner', 'operator', 'moderator', 'analyst'].map((role) => ({
  role,
  email: `${role}@demo.regulars.local`,
}));
