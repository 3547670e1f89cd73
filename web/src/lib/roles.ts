import type { Club } from '#lib/server/db/clubs.ts';

type Role = Club['role'];

/** What the pages show; the database decides by itself, in api.decide_draft. */
export function mayDecide(role: Role): boolean {
  return role !== 'analyst';
}

/** Who may have the numbers recomputed; the database decides by itself, in api.repair_numbers. */
export function mayRepair(role: Role): boolean {
  return role === 'owner' || role === 'operator';
}

/** Who may change the club's settings; the database decides by itself, in the doors that write them. */
export function mayChangeSettings(role: Role): boolean {
  return role === 'owner' || role === 'operator';
}
