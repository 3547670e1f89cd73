// One call of Meta's holds up to a thousand updates of several kinds. Each becomes an event with a key of its own, by which a
// repetition is recognised. Nothing is thrown away: what we do not know is kept whole as `other`.
import { z } from 'zod';

export interface WebhookEvent {
  dedupe_key: string;
  kind: 'status' | 'message' | 'user_preference' | 'other';
  payload: unknown;
}

const item = z.looseObject({});
const status = z.looseObject({
  id: z.string(),
  status: z.string(),
  timestamp: z.union([z.string(), z.number()]),
});
const message = z.looseObject({ id: z.string() });
// Whoever hides the number is known by the user id alone.
const preference = z
  .looseObject({
    wa_id: z.string().optional(),
    user_id: z.string().optional(),
    value: z.string(),
    timestamp: z.number(),
  })
  .refine((given) => given.wa_id ?? given.user_id);

const change = z.looseObject({
  field: z.string(),
  value: z.looseObject({
    statuses: z.array(item).optional(),
    messages: z.array(item).optional(),
    user_preferences: z.array(item).optional(),
  }),
});
const envelope = z.looseObject({
  entry: z.array(
    z.looseObject({ id: z.union([z.string(), z.number()]).optional(), changes: z.array(z.unknown()) }),
  ),
});

async function hashKey(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

const other = async (payload: unknown): Promise<WebhookEvent> => ({
  dedupe_key: await hashKey(JSON.stringify(payload)),
  kind: 'other',
  payload,
});

/** An event when the item is what its list promises, else the item as it is. */
async function read<Item extends z.ZodType>(
  given: unknown,
  schema: Item,
  kind: WebhookEvent['kind'],
  keyOf: (item: z.output<Item>) => string,
): Promise<WebhookEvent> {
  const parsed = schema.safeParse(given);
  return parsed.success ? { dedupe_key: keyOf(parsed.data), kind, payload: given } : other({ [kind]: given });
}

async function readChange(entryId: string, given: unknown): Promise<WebhookEvent[]> {
  const parsed = change.safeParse(given);
  if (!parsed.success) return [await other({ entry_id: entryId, change: given })];
  const { statuses = [], messages = [], user_preferences: preferences = [] } = parsed.data.value;
  const events = [
    ...statuses.map((each) =>
      read(each, status, 'status', (s) => `status:${s.id}:${s.status}:${s.timestamp}`),
    ),
    ...messages.map((each) => read(each, message, 'message', (m) => `message:${m.id}`)),
    ...preferences.map((each) =>
      read(
        each,
        preference,
        'user_preference',
        (p) => `preference:${p.wa_id ?? p.user_id}:${p.value}:${p.timestamp}`,
      ),
    ),
  ];
  return events.length > 0 ? Promise.all(events) : [await other({ entry_id: entryId, change: given })];
}

/** What jsonb cannot hold in a text: NUL, and halves of a character. */
const storable = (_: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value;

/** The events of a signed body. A body that is no JSON is one event of kind `other`. */
export async function readEvents(body: string): Promise<WebhookEvent[]> {
  let given: unknown;
  try {
    given = JSON.parse(body, storable);
  } catch {
    return [await other({ not_json: storable('', body) })];
  }
  const parsed = envelope.safeParse(given);
  if (!parsed.success) return [await other(given)];
  const perChange = parsed.data.entry.flatMap((entry) =>
    entry.changes.map((each) => readChange(String(entry.id ?? 'unknown'), each)),
  );
  return (await Promise.all(perChange)).flat();
}
