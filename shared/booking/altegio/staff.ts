import { z } from 'zod';
import type { StaffRow } from '../rows.ts';
import { flag, id, text } from './fields.ts';

/** `fired` is dismissed, `status` is removed; `hidden` is only out of the online booking. */
const staffSchema = z.object({ id, name: text, fired: flag, status: flag });

export function readStaff(raw: unknown): StaffRow {
  const member = staffSchema.parse(raw);
  return { external_id: member.id, name: member.name, is_active: !member.fired && !member.status, raw };
}
