import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readRows, UnreadableRowError } from '../../../../shared/booking/quarantine.ts';

const schema = z.object({ id: z.number().positive(), kept: z.boolean().default(true) });
const read = (raw: unknown) => {
  const row = schema.parse(raw);
  if (row.id === 13) throw new UnreadableRowError('id: 13 brings bad luck');
  return row.kept ? row : null;
};

describe('reading the rows of a page', () => {
  it('sets aside the row that cannot be read, with its reason, and keeps the others', async () => {
    const { rows, quarantined } = await readRows([{ id: 1 }, { id: '2' }, { id: 13 }, { id: 4 }], read);
    expect(rows.map(({ id }) => id)).toEqual([1, 4]);
    expect(quarantined).toEqual([
      { external_id: '2', reason: expect.stringContaining('id: '), raw: { id: '2' } },
      { external_id: '13', reason: 'id: 13 brings bad luck', raw: { id: 13 } },
    ]);
  });

  it('leaves out rows that are none of ours', async () => {
    expect(await readRows([{ id: 1, kept: false }], read)).toEqual({ rows: [], quarantined: [] });
  });

  it('gives a row without an id one that only depends on the row', async () => {
    const given = [{ name: 'a' }, { name: 'b' }, { name: 'a' }, null, 'text', { id: 0 }, { id: '000' }];
    const { quarantined } = await readRows(given, read);
    const ids = quarantined.map(({ external_id: id }) => id);
    expect(quarantined).toHaveLength(given.length);
    expect(ids.every((id) => /^sha256:[0-9a-f]{64}$/.test(id))).toBe(true);
    expect(ids[0]).toBe(ids[2]);
    expect(new Set(ids).size).toBe(given.length - 1);
  });

  it('does not hide a fault of our own', async () => {
    const broken = () => {
      throw new TypeError('a fault of ours');
    };
    await expect(readRows([{ id: 1 }], broken)).rejects.toThrow('a fault of ours');
  });
});
