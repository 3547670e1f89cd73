import { z } from 'zod';
import type { ServiceRow } from '../rows.ts';
import { id, optionalId, text } from './fields.ts';

const serviceSchema = z.object({ id, title: text, category_id: optionalId });
const categorySchema = z.object({ id, title: text });

/** Titles of categories by id. One that cannot be read only costs its services a hint of their kind. */
export function readCategories(categories: readonly unknown[]): Map<string, string> {
  const parsed = categories.map((category) => categorySchema.safeParse(category));
  return new Map(parsed.flatMap(({ data }) => (data ? [[data.id, data.title] as const] : [])));
}

export function readService(raw: unknown, categories: ReadonlyMap<string, string>): ServiceRow {
  const service = serviceSchema.parse(raw);
  return {
    external_id: service.id,
    title: service.title,
    category_external_id: service.category_id,
    category_title: categories.get(service.category_id ?? '') ?? '',
    raw,
  };
}
