// Templates of the WhatsApp Business Account, one row per (name, language).
import type { DatabaseSync } from 'node:sqlite';
import { GraphError } from './graph-error.ts';
import type { Template, TemplateDefinition, TemplateStatus } from './template-types.ts';

interface TemplateRow {
  id: number;
  name: string;
  language: string;
  category: Template['category'];
  parameter_format: Template['parameter_format'];
  components: string;
  status: TemplateStatus;
  approve_at: number | null;
  rejected_reason: string;
  updated_at: number;
}

const schema = `create table if not exists wa_templates (
  id integer primary key,
  name text not null,
  language text not null,
  category text not null,
  parameter_format text not null,
  components text not null,
  status text not null,
  approve_at integer,
  rejected_reason text not null default 'NONE',
  updated_at integer not null,
  unique (name, language)
) strict`;

/** Template ids are long numbers at Meta; ours start where nobody takes them for a row number. */
const firstId = 1_200_000_000_000_001;

export function createTemplateStore(db: DatabaseSync, now: () => Date) {
  db.exec(schema);

  const toTemplate = (row: TemplateRow): Template => ({
    id: String(row.id),
    name: row.name,
    language: row.language,
    category: row.category,
    parameter_format: row.parameter_format,
    components: JSON.parse(row.components) as Template['components'],
    // The review ends by itself at a known moment: no timer can be lost by a restart.
    status:
      row.status === 'PENDING' && row.approve_at !== null && row.approve_at <= now().getTime()
        ? 'APPROVED'
        : row.status,
    rejected_reason: row.rejected_reason,
    quality_score: { score: 'UNKNOWN' },
    last_updated_time: new Date(row.updated_at).toISOString().replace(/\.\d+Z$/, '+0000'),
  });
  const all = (): Template[] =>
    (db.prepare('select * from wa_templates order by id').all() as unknown as TemplateRow[]).map(toTemplate);
  const find = (name: string, language: string): Template | undefined => {
    const row = db.prepare('select * from wa_templates where name = ? and language = ?').get(name, language);
    return row ? toTemplate(row as unknown as TemplateRow) : undefined;
  };

  return {
    all,
    find,
    add(template: TemplateDefinition, status: TemplateStatus, approveAt: Date | null = null): Template {
      if (find(template.name, template.language)) {
        throw new GraphError(100, 'Content in this language already exists for this template.', {
          subcode: 2388024,
        });
      }
      const row = db
        .prepare(
          `insert into wa_templates (id, name, language, category, parameter_format, components, status, approve_at, updated_at)
           values (coalesce((select max(id) + 1 from wa_templates), ${firstId}), ?, ?, ?, ?, ?, ?, ?, ?) returning *`,
        )
        .get(
          template.name,
          template.language,
          template.category,
          template.parameter_format,
          JSON.stringify(template.components),
          status,
          approveAt?.getTime() ?? null,
          now().getTime(),
        );
      return toTemplate(row as unknown as TemplateRow);
    },
    setStatus(name: string, language: string, status: TemplateStatus, reason: string): Template | undefined {
      db.prepare(
        'update wa_templates set status = ?, rejected_reason = ?, approve_at = null, updated_at = ? where name = ? and language = ?',
      ).run(status, reason, now().getTime(), name, language);
      return find(name, language);
    },
  };
}

export type TemplateStore = ReturnType<typeof createTemplateStore>;
