import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../../../shared/csv-import/columns.ts';
import { readTable } from '../../../../shared/csv-import/csv-table.ts';
import { csvFile, HEADERS } from './files.ts';

const PAYMENTS = COLUMNS.payments.map(({ name }) => name);

const readText = (text: string) => readTable(csvFile('payments.csv', text), 'payments');
const readBytes = (bytes: Uint8Array) => readTable({ name: 'payments.csv', content: bytes }, 'payments');
const causeOf = (text: string) => {
  const { rows, problems } = readText(text);
  return { rows: rows.length, ...problems[0] };
};

describe('a file', () => {
  it.each([
    ['a byte order mark', '\ufeffpayment_id;client_id;amount;paid_at;title\r\n1;2;3;4;5\r\n'],
    ['commas', 'payment_id,client_id,amount,paid_at,title\n1,2,3,4,5'],
    ['tabs', 'payment_id\tclient_id\tamount\tpaid_at\ttitle\n1\t2\t3\t4\t5\n'],
    ['another order', 'title;paid_at;amount;client_id;payment_id\n5;4;3;2;1\n'],
    ['quotes', '"payment_id";"client_id";"amount";"paid_at";"title"\n"1";"2";"3";"4";"5"\n'],
    ['capitals in its header', 'Payment_ID;CLIENT_ID;amount; paid_at ;title\n1;2;3;4;5\n'],
    ['line ends that differ', 'payment_id;client_id;amount;paid_at;title\r\n1;2;3;4;5\n'],
    ['columns that were once used', 'payment_id;client_id;amount;paid_at;title;;\n1;2;3;4;5;;\n;;;;;;\n'],
  ])('with %s is read', (_, text) => {
    const cells = { payment_id: '1', client_id: '2', amount: '3', paid_at: '4', title: '5' };
    expect(readText(text)).toEqual({ rows: [{ row: 2, cells }], problems: [] });
  });

  it('has the rows that a spreadsheet shows, whatever lines they take', () => {
    const text = `${HEADERS.payments}\n1;;1;x;"two\nlines"\n\n2;;1;x;"said ""yes; no"""\n`;
    const { rows } = readText(text);
    expect(rows.map(({ row, cells }) => [row, cells['title']])).toEqual([
      [2, 'two\nlines'],
      [4, 'said "yes; no"'],
    ]);
  });

  it.each([
    ['', 1, null, 'The file is empty: its first row must be payment_id;client_id;amount;paid_at;title.'],
    ['\r\n', 1, null, 'The file is empty'],
    [`${HEADERS.payments}\n`, 1, null, 'has a header and no rows'],
    ['payment_id;client_id;amount;title\n1;2;3;4\n', 1, 'paid_at', 'This column is missing'],
    [`${HEADERS.payments};note\n1;2;3;4;5;6\n`, 1, 'note', 'payment_id, client_id, amount, paid_at, title'],
    [`${HEADERS.payments};title\n1;2;3;4;5;6\n`, 1, 'title', 'there twice'],
    [`;${HEADERS.payments}\n1;2;3;4;5;6\n`, 1, null, 'A column has no name'],
    [`${HEADERS.payments}\n1;2;3;4;5;6\n`, 2, null, 'The row has 6 cells and the header 5'],
    [`${HEADERS.payments}\n1;2;3;4;5\n\n1;2\n`, 4, null, 'The row has 2 cells and the header 5'],
    [`${HEADERS.payments}\n1;2;3;4;5\n2;2;3;4;"5\n3;2;3;4;5\n`, 3, null, 'that nothing closes'],
    [`${HEADERS.payments}\n1;2;3;4;a "b"\n`, 2, null, 'a quotation mark inside a text'],
    [`${HEADERS.payments}\n1;2;3;4;"a" b\n`, 2, null, 'goes on after a closing quotation mark'],
  ])('that is %j says where and why it is refused', (text, row, column, cause) => {
    const found = causeOf(text);
    expect([found.row, found.column]).toEqual([row, column]);
    expect(found.cause).toMatch(cause);
  });

  it('in another encoding is refused with the cure', () => {
    const inWindows1250 = Uint8Array.of(...new TextEncoder().encode(`${HEADERS.payments}\n1;2;3;4;`), 0xe8);
    const inUtf16 = Uint8Array.of(...[...HEADERS.payments].flatMap((letter) => [letter.charCodeAt(0), 0]));
    for (const bytes of [inWindows1250, inUtf16]) {
      const [problem, ...others] = readBytes(bytes).problems;
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ row: 1, cause: 'The file is not in UTF-8: save it as "CSV UTF-8".' });
    }
  });
});

describe('what a spreadsheet writes', () => {
  const cell = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('"', ';', ',', '\t', '\n', '\r', ' ', 'a', 'ř'), maxLength: 12 }),
    )
    .filter((text) => !text.includes('\0'));
  const record = fc
    .array(cell, { minLength: PAYMENTS.length, maxLength: PAYMENTS.length })
    .filter((cells) => cells.some((text) => text.trim() !== ''));
  const style = fc.record({
    delimiter: fc.constantFrom(';', ',', '\t'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    isQuotedThroughout: fc.boolean(),
    columns: fc.shuffledSubarray(PAYMENTS, { minLength: PAYMENTS.length }),
  });

  it('comes back cell by cell', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), style, (records, written) => {
        const { delimiter, lineEnd, mark, isQuotedThroughout, columns } = written;
        const quoted = (text: string) =>
          isQuotedThroughout || /[";,\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        const lines = [columns, ...records].map((cells) => cells.map(quoted).join(delimiter) + lineEnd);
        const expected = records.map((cells, index) => ({
          row: index + 2,
          cells: Object.fromEntries(columns.map((name, at) => [name, cells[at]])),
        }));
        expect(readText(mark + lines.join(''))).toEqual({ rows: expected, problems: [] });
      }),
    );
  });
});
