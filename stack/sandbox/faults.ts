// Faults a test asks for: kept in the database, so that they outlive a restart, and used up one by one.
import type { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import { z } from 'zod';

export interface Fault {
  id: number;
  service: string;
  kind: string;
  /** null: until cleared */
  remaining: number | null;
  options: Record<string, unknown>;
}

export interface Faults {
  add(service: string, kind: string, times: number | null, options: Record<string, unknown>): Fault;
  list(service: string): Fault[];
  clear(service: string): void;
  /** The oldest fault of this kind that fits, used up by one. Null when none is set. */
  take(service: string, kind: string, fits?: (options: Record<string, unknown>) => boolean): Fault | null;
}

interface FaultRow {
  id: number;
  service: string;
  kind: string;
  remaining: number | null;
  options: string;
}

const toFault = (row: FaultRow): Fault => ({
  ...row,
  options: JSON.parse(row.options) as Record<string, unknown>,
});

export function createFaults(db: DatabaseSync): Faults {
  db.exec(`create table if not exists faults (
    id integer primary key autoincrement,
    service text not null,
    kind text not null,
    remaining integer,
    options text not null
  ) strict`);
  const insert = db.prepare(
    'insert into faults (service, kind, remaining, options) values (?, ?, ?, ?) returning *',
  );
  const select = db.prepare('select * from faults where service = ? order by id');
  const list = (service: string) => (select.all(service) as unknown as FaultRow[]).map(toFault);

  return {
    list,
    add: (service, kind, times, options) =>
      toFault(insert.get(service, kind, times, JSON.stringify(options)) as unknown as FaultRow),
    clear: (service) => void db.prepare('delete from faults where service = ?').run(service),
    take(service, kind, fits = () => true) {
      const fault = list(service).find((candidate) => candidate.kind === kind && fits(candidate.options));
      if (!fault) return null;
      if (fault.remaining !== null && fault.remaining <= 1)
        db.prepare('delete from faults where id = ?').run(fault.id);
      else db.prepare('update faults set remaining = remaining - 1 where id = ?').run(fault.id);
      return fault;
    },
  };
}

const faultBody = z.looseObject({
  kind: z.string(),
  times: z.union([z.int().positive(), z.literal('always')]).default(1),
});

/** `POST /faults {kind, times?, …options}`, `GET /faults`, `DELETE /faults` for one service; `options` says what each kind takes. */
export function createFaultControl(
  faults: Faults,
  service: string,
  options: Record<string, z.ZodType>,
): Hono {
  const app = new Hono();
  app.get('/faults', (c) => c.json({ faults: faults.list(service) }));
  app.delete('/faults', (c) => {
    faults.clear(service);
    return c.json({ cleared: true });
  });
  app.post('/faults', async (c) => {
    const { kind, times, ...rest } = faultBody.parse(await c.req.json());
    const schema = options[kind];
    if (!schema) {
      return c.json(
        { error: `${service} knows no fault "${kind}". Use one of: ${Object.keys(options).join(', ')}.` },
        400,
      );
    }
    const parsed = schema.parse(rest) as Record<string, unknown>;
    return c.json({ fault: faults.add(service, kind, times === 'always' ? null : times, parsed) }, 201);
  });
  return app;
}
