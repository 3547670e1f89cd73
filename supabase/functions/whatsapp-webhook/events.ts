// One call of Meta's holds up to a thousand updates of several kinds. Each becomes an event with a key of its own, by which a
// repetition is recognised. Nothing is thrown away, and what is misshapen takes nothing else with it: it is kept whole as `other`.
import { z } from 'zod';
import { readJson, storable } from './storable-json.ts';

export interface WebhookEvent {
  dedupe_key: string;
  kind: 'status' | 'message' | 'user_preference' | 'other';
  payload: unknown;
}

const list = z.array(z.unknown()).optional();
const call = z.looseObject({ entry: z.array(z.unknown()) });
const entry = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  changes: z.array(z.unknown()),
});
const conversation = z.looseObject({
  field: z.literal('messages'),
  value: z.looseObject({ statuses: list, messages: list, contacts: list }),
});
const preferences = z.looseObject({
  field: z.literal('user_preferences'),
  value: z.looseObject({ user_preferences: list, contacts: list }),
});

const moment = z.union([z.string(), z.number()]);
const status = z.looseObject({ id: z.string(), status: z.string(), timestamp: moment });
const message = z.looseObject({ id: z.string() });
// Whoever hides the number is known by the user id alone.
const preference = z
  .looseObject({
    wa_id: z.string().optional(),
    user_id: z.string().optional(),
    value: z.string(),
    timestamp: moment,
  })
  .refine((given) => given.wa_id ?? given.user_id);

/** Longer ones fit no index. */
const LONGEST_KEY = 500;

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

const other = async (payload: unknown): Promise<WebhookEvent> => ({
  dedupe_key: await hash(JSON.stringify(payload)),
  kind: 'other',
  payload,
});

/** What surrounds the updates of one change. */
interface Surroundings {
  metadata: unknown;
  contactOf: (item: Record<string, unknown>) => unknown;
}

function readSurroundings(value: { contacts?: unknown[]; metadata?: unknown }): Surroundings {
  const contacts = new Map<unknown, unknown>();
  for (const contact of value.contacts ?? []) {
    const { wa_id: waId, user_id: userId } = (contact ?? {}) as { wa_id?: unknown; user_id?: unknown };
    for (const id of [waId, userId]) if (typeof id === 'string') contacts.set(id, contact);
  }
  return {
    metadata: value.metadata,
    contactOf: (item) => {
      const { from_user_id, recipient_user_id, user_id, from, recipient_id, wa_id } = item;
      const ids = [from_user_id, recipient_user_id, user_id, from, recipient_id, wa_id];
      return contacts.get(ids.find((id) => contacts.has(id)));
    },
  };
}

/** An event when the item is what its list promises, else the item as it is. */
async function readItem<Item extends z.ZodType<Record<string, unknown>>>(
  given: unknown,
  {
    schema,
    kind,
    keyOf,
  }: { schema: Item; kind: WebhookEvent['kind']; keyOf: (item: z.output<Item>) => string },
  { metadata, contactOf }: Surroundings,
): Promise<WebhookEvent> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) return other({ [kind]: given });
  const key = keyOf(parsed.data);
  const contact = contactOf(parsed.data);
  return {
    dedupe_key: key.length > LONGEST_KEY ? await hash(key) : key,
    kind,
    payload: {
      ...parsed.data,
      ...(contact === undefined ? {} : { contact }),
      ...(metadata === undefined ? {} : { metadata }),
    },
  };
}

const ofStatuses = {
  schema: status,
  kind: 'status' as const,
  keyOf: (s: z.output<typeof status>) => `status:${s.id}:${s.status}:${s.timestamp}`,
};
const ofMessages = {
  schema: message,
  kind: 'message' as const,
  keyOf: (m: z.output<typeof message>) => `message:${m.id}`,
};
const ofPreferences = {
  schema: preference,
  kind: 'user_preference' as const,
  keyOf: (p: z.output<typeof preference>) => `preference:${p.wa_id ?? p.user_id}:${p.value}:${p.timestamp}`,
};

/** What the value of a change says besides its updates, when that is anything. */
function restOf(change: { field: string; value: Record<string, unknown> }, lists: string[]): object[] {
  const known = new Set(['messaging_product', 'metadata', 'contacts', ...lists]);
  const rest = Object.entries(change.value).filter(([name]) => !known.has(name));
  return rest.length === 0 ? [] : [{ ...change, value: Object.fromEntries(rest) }];
}

async function readChange(
  { id, time }: { id: string; time: unknown },
  given: unknown,
): Promise<WebhookEvent[]> {
  // With its time: the same change may come again after another took it back.
  const whole = (change: unknown) => other({ entry_id: id, ...(time === undefined ? {} : { time }), change });
  const talk = conversation.safeParse(given);
  if (talk.success) {
    const { statuses = [], messages = [] } = talk.data.value;
    const around = readSurroundings(talk.data.value);
    const events = [
      ...statuses.map((each) => readItem(each, ofStatuses, around)),
      ...messages.map((each) => readItem(each, ofMessages, around)),
    ];
    const rest = restOf(talk.data, ['statuses', 'messages']);
    return Promise.all(events.length === 0 ? [whole(given)] : [...events, ...rest.map(whole)]);
  }
  const wishes = preferences.safeParse(given);
  if (wishes.success) {
    const { user_preferences: items = [] } = wishes.data.value;
    const around = readSurroundings(wishes.data.value);
    const events = items.map((each) => readItem(each, ofPreferences, around));
    const rest = restOf(wishes.data, ['user_preferences']);
    return Promise.all(events.length === 0 ? [whole(given)] : [...events, ...rest.map(whole)]);
  }
  return [await whole(given)];
}

async function readEntry(given: unknown): Promise<WebhookEvent[]> {
  const parsed = entry.safeParse(given);
  if (!parsed.success) return [await other({ entry: given })];
  const about = { id: String(parsed.data.id ?? 'unknown'), time: parsed.data.time };
  return (await Promise.all(parsed.data.changes.map((each) => readChange(about, each)))).flat();
}

/** The events of a signed body. A body that is no JSON is one event of kind `other`. */
export async function readEvents(body: string): Promise<WebhookEvent[]> {
  const given = readJson(body);
  if (given === undefined) return [await other({ not_json: storable(body) })];
  const parsed = call.safeParse(given.json);
  if (!parsed.success) return [await other({ call: given.json })];
  return (await Promise.all(parsed.data.entry.map(readEntry))).flat();
}
