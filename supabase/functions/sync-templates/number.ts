// The business number as Meta describes it: its limit, its rating, its name.
import { z } from 'zod';
import type { Graph } from '../_shared/graph.ts';

const FIELDS = [
  'display_phone_number',
  'verified_name',
  'quality_rating',
  'throughput',
  'whatsapp_business_manager_messaging_limit',
];

/** Meta leaves out what it does not know; what is there is kept as it is. */
const numberFacts = z.looseObject({
  display_phone_number: z.string().optional(),
  verified_name: z.string().optional(),
  quality_rating: z.string().optional(),
  throughput: z.looseObject({ level: z.string().optional() }).optional(),
  whatsapp_business_manager_messaging_limit: z.string().optional(),
});
export type NumberFacts = z.infer<typeof numberFacts>;

/** Throws GraphError or GraphUnansweredError. */
export type ReadNumber = () => Promise<NumberFacts>;

export const createNumberReader =
  (graph: Graph, phoneNumberId: string): ReadNumber =>
  () =>
    graph.get(phoneNumberId, { fields: FIELDS.join(',') }, numberFacts);
