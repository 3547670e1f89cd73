// GET /{WhatsApp Business Account}/message_templates: filters, chosen fields and cursor paging.
import { GraphError } from './graph-error.ts';
import type { Template } from './template-types.ts';

const maxLimit = 1000;
const defaultFields = ['name', 'parameter_format', 'components', 'language', 'status', 'category', 'id'];

const toCursor = (id: string) => Buffer.from(id).toString('base64url');
const fromCursor = (cursor: string) => Buffer.from(cursor, 'base64url').toString();

const filters: Record<string, (template: Template, value: string) => boolean> = {
  name: (template, value) => template.name.includes(value),
  name_or_content: (template, value) => JSON.stringify([template.name, template.components]).includes(value),
  language: (template, value) => template.language === value,
  status: (template, value) => template.status === value.toUpperCase(),
  category: (template, value) => template.category === value.toUpperCase(),
};

function pick(template: Template, fields: string[]): Record<string, unknown> {
  const known: Record<string, unknown> = { ...template, correct_category: template.category };
  const unknown = fields.find((field) => !(field in known));
  if (unknown !== undefined) {
    throw new GraphError(100, undefined, {
      message: `(#100) Tried accessing nonexisting field (${unknown})`,
    });
  }
  return Object.fromEntries([...fields, 'id'].map((field) => [field, known[field]]));
}

function pageAt(templates: Template[], query: URLSearchParams, limit: number): { from: number; to: number } {
  const indexOf = (cursor: string) => {
    const index = templates.findIndex((template) => template.id === fromCursor(cursor));
    if (index < 0) throw new GraphError(100, 'Invalid cursor', { message: '(#100) Invalid parameter' });
    return index;
  };
  const before = query.get('before');
  if (before) {
    const to = indexOf(before);
    return { from: Math.max(0, to - limit), to };
  }
  const after = query.get('after');
  const from = after ? indexOf(after) + 1 : 0;
  return { from, to: Math.min(templates.length, from + limit) };
}

export function listTemplates(all: Template[], url: URL) {
  const query = url.searchParams;
  const limit = Number(query.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new GraphError(100, 'limit must be a positive number', { message: '(#100) Invalid parameter' });
  }
  const templates = all.filter((template) =>
    Object.entries(filters).every(([name, matches]) => {
      const value = query.get(name);
      return value === null || matches(template, value);
    }),
  );
  const fields = query.get('fields')?.split(',') ?? defaultFields;
  const { from, to } = pageAt(templates, query, Math.min(limit, maxLimit));
  const page = templates.slice(from, to);
  const first = page[0];
  const last = page.at(-1);
  if (!first || !last) return { data: [] };
  const link = (name: 'after' | 'before', id: string) => {
    const next = new URL(url);
    next.searchParams.delete('after');
    next.searchParams.delete('before');
    next.searchParams.set(name, toCursor(id));
    return next.href;
  };
  return {
    data: page.map((template) => pick(template, fields)),
    paging: {
      cursors: { before: toCursor(first.id), after: toCursor(last.id) },
      ...(to < templates.length ? { next: link('after', last.id) } : {}),
      ...(from > 0 ? { previous: link('before', first.id) } : {}),
    },
  };
}
