import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvDialect, openCsv, splitLine } from '../../../src/capture/sensor/csv-rows.js';

const DIALECT: CsvDialect = { encoding: 'utf-8', delimiter: ',', quote: true, headerLines: 0 };

interface Read {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly fields: readonly string[] }[];
  readonly unpaired: readonly number[];
}

function read(bytes: Uint8Array | string, dialect: Partial<CsvDialect> = {}): Read {
  const file = openCsv(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, { ...DIALECT, ...dialect });
  const rows: { line: number; fields: readonly string[] }[] = [];
  const unpaired: number[] = [];
  file.forEachRow({
    row: (fields, line) => void rows.push({ fields, line }),
    unpaired: (line) => void unpaired.push(line),
  });
  return { header: file.header, rows, unpaired };
}

describe('rows and their lines', () => {
  test('mixed line ends, blank lines, ragged rows, no last line end', () => {
    expect(read('h1\r\nh2\na,b\r\n\nc\n,,\nd,e', { headerLines: 2 })).toEqual({
      header: ['h1', 'h2'],
      rows: [
        { line: 3, fields: ['a', 'b'] },
        { line: 4, fields: [''] },
        { line: 5, fields: ['c'] },
        { line: 6, fields: ['', '', ''] },
        { line: 7, fields: ['d', 'e'] },
      ],
      unpaired: [],
    });
  });

  test('quoted fields with delimiters, marks and line ends', () => {
    expect(read('"a,1","say ""x"""\n"two\nlines",b\nc,d\n').rows).toEqual([
      { line: 1, fields: ['a,1', 'say "x"'] },
      { line: 2, fields: ['two\nlines', 'b'] },
      { line: 4, fields: ['c', 'd'] },
    ]);
  });

  test('marks that do not pair cost their own lines only', () => {
    const text = `a,1\n"b,2\nc,3\nd",4\n${'e,5\n'.repeat(3)}f"g,6\nh,7\n"`;
    const { rows, unpaired } = read(text);
    expect(unpaired).toEqual([2, 4, 8, 10]);
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 5, 6, 7, 9]);
  });

  test('marks are letters where the file has no quoting', () => {
    expect(read('5" pipe;1\n"x;2\n', { quote: false, delimiter: ';' }).rows).toEqual([
      { line: 1, fields: ['5" pipe', '1'] },
      { line: 2, fields: ['"x', '2'] },
    ]);
  });

  test('a header without rows, and nothing at all', () => {
    expect(read('h1', { headerLines: 2 })).toEqual({ header: ['h1'], rows: [], unpaired: [] });
    expect(read('')).toEqual({ header: [], rows: [], unpaired: [] });
  });

  test('are the same however long the file is, with a broken line in the middle', () => {
    const lines = Array.from({ length: 120_000 }, (_, index) => `${index},"x${index}",3`);
    lines[60_000] = '60000,"x,3';
    const { rows, unpaired } = read(lines.join('\n'));
    expect(unpaired).toEqual([60_001]);
    expect(rows).toHaveLength(119_999);
    expect(
      rows.every(({ line, fields }) => fields[0] === String(line - 1) && fields[1] === `x${line - 1}`),
    ).toBe(true);
  });

  test('thousands of broken lines end it', () => {
    expect(() => read('x"a\n'.repeat(200_000))).toThrow(
      expect.objectContaining({ code: 'sensor-import.row' }),
    );
  });
});

describe('encodings', () => {
  test('byte order marks are no part of the text', () => {
    expect(read(Buffer.from('\ufeffa,b\n')).rows).toEqual([{ line: 1, fields: ['a', 'b'] }]);
    expect(read(Buffer.from('\ufeffa,b\n', 'utf16le'), { encoding: 'utf-16le' }).rows).toEqual([
      { line: 1, fields: ['a', 'b'] },
    ]);
  });

  test('Latin-1 and Windows-1252', () => {
    const bytes = Uint8Array.of(0x32, 0x30, 0xb0, 0x2c, 0x80);
    expect(read(bytes, { encoding: 'windows-1252' }).rows[0]!.fields).toEqual(['20°', '€']);
    expect(() => read(Uint8Array.of(0x81), { encoding: 'windows-1252' })).toThrow(
      expect.objectContaining({ code: 'sensor-import.columns' }),
    );
    expect(read(Uint8Array.of(0x32, 0xb0), { encoding: 'iso-8859-1' }).rows[0]!.fields).toEqual(['2°']);
  });

  test.each([
    ['utf-8', Uint8Array.of(0x61, 0xb0, 0x62)],
    ['utf-8', Uint8Array.of(0x61, 0xe2, 0x82)],
    ['utf-16le', Uint8Array.of(0x61, 0x00, 0x00, 0xdc)],
  ] as const)('bytes that are not %s are refused, not replaced', (encoding, bytes) => {
    expect(() => read(bytes, { encoding })).toThrow(
      expect.objectContaining({ code: 'sensor-import.columns', place: { path: 'encoding' } }),
    );
  });

  test('a character on the border of two segments stays whole', () => {
    const text = `${'a'.repeat(262_143)}é,b`;
    expect(read(text).rows[0]!.fields[0]!.endsWith('aé')).toBe(true);
    expect(
      read(Buffer.from(`${'a'.repeat(131_071)}😀,b`, 'utf16le'), {
        encoding: 'utf-16le',
      }).rows[0]!.fields[0]!.endsWith('a😀'),
    ).toBe(true);
  });
});

test('one line', () => {
  expect(splitLine('a,"b,c"', DIALECT)).toEqual(['a', 'b,c']);
  expect(splitLine('', DIALECT)).toEqual([]);
  expect(splitLine('"a', DIALECT)).toBeNull();
});

test('property: what RFC 4180 writes is read back with its lines', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '"', '\n', ' ', 'é'), maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 20 }),
      fc.constantFrom('\n', '\r\n'),
      (table, end) => {
        const quoted = (text: string): string =>
          /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        const { rows, unpaired } = read(table.map((row) => row.map(quoted).join(',') + end).join(''));
        expect(unpaired).toEqual([]);
        expect(rows.map(({ fields }) => fields)).toEqual(table);
        let line = 1;
        for (const [index, row] of table.entries()) {
          expect(rows[index]!.line).toBe(line);
          line += row.join('').split('\n').length;
        }
      },
    ),
  );
});

test('property: no line of any text goes missing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n'), maxLength: 60 }), (text) => {
      const { rows, unpaired } = read(text);
      const lines = text.split('\n');
      if (lines.at(-1) === '') lines.pop();
      const covered =
        rows.reduce((sum, { fields }) => sum + 1 + fields.join('').split('\n').length - 1, 0) +
        unpaired.length;
      expect(covered).toBe(lines.length);
    }),
    { numRuns: 500 },
  );
});
