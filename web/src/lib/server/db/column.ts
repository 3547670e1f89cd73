import { z } from 'zod';

/** A timestamptz as ISO 8601 with every digit it has; also from "2026-01-31 09:00:00.5+00", as Postgres itself writes it. */
export const instant = z
  .string()
  .transform((text) => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  .refine((text) => !Number.isNaN(Date.parse(text)), { error: 'This is not a point in time' });

/** A local date, YYYY-MM-DD. */
export const date = z.iso.date();

/** A bigint or numeric: JSON numbers, or text where the server keeps digits that JavaScript would lose. */
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
