// Every answered request: tests read here what was really sent to the model.
import type { DatabaseSync } from 'node:sqlite';
import type { MessageRequest } from './request.ts';

export function createRequestLog(db: DatabaseSync, now: () => Date) {
  db.exec(`create table if not exists claude_requests (
    id text primary key, at integer not null, request text not null, answer text not null
  ) strict`);
  return {
    add(id: string, request: MessageRequest, answer: unknown): void {
      db.prepare('insert into claude_requests values (?, ?, ?, ?)').run(
        id,
        now().getTime(),
        JSON.stringify(request),
        JSON.stringify(answer),
      );
    },
    all() {
      const rows = db.prepare('select * from claude_requests order by rowid').all() as unknown as {
        id: string;
        at: number;
        request: string;
        answer: string;
      }[];
      return rows.map((row) => ({
        id: row.id,
        at: new Date(row.at).toISOString(),
        request: JSON.parse(row.request) as unknown,
        answer: JSON.parse(row.answer) as unknown,
      }));
    },
  };
}

export type RequestLog = ReturnType<typeof createRequestLog>;
