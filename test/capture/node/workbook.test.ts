import { deflateRawSync } from 'node:zlib';
import * as xlsx from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { readWorkbook } from '../../../src/capture/node/workbook.js';
import { isZip, storedZip, unzip } from '../../../src/capture/node/zip-entries.js';
import { importLogger } from '../../../src/capture/sensor/import-sensor.js';

function workbook(sheets: Readonly<Record<string, unknown[][]>>, date1904 = false): Uint8Array {
  const book = xlsx.utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = xlsx.utils.aoa_to_sheet(rows);
    for (const [address, cell] of Object.entries(sheet)) {
      if (/^B\d+$/.test(address) && cell.t === 'n') cell.z = 'yyyy-mm-dd hh:mm:ss';
    }
    xlsx.utils.book_append_sheet(book, sheet, name);
  }
  if (date1904) book.Workbook = { WBProps: { date1904: true } };
  return new Uint8Array(xlsx.write(book, { type: 'array', bookType: 'xlsx', compression: true }));
}

const ROWS = [
  ['#', 'Date Time, GMT+01:00', 'Temp, °C (LGR S/N: 77, SEN S/N: 77)'],
  [1, 45_000.5, 20.125],
  [2, 45_000.510416666664, -0.1],
];

describe('a workbook', () => {
  test('becomes CSV: dates as local time, numbers with every digit', async () => {
    const [sheet, ...others] = await readWorkbook(workbook({ Data: ROWS, Empty: [] }));
    expect(others).toEqual([]);
    expect([sheet!.name, sheet!.rows]).toEqual(['Data', 3]);
    expect(new TextDecoder().decode(sheet!.csv)).toBe(
      [
        '#,"Date Time, GMT+01:00","Temp, °C (LGR S/N: 77, SEN S/N: 77)"',
        '1,2023-03-15 12:00:00,20.125',
        '2,2023-03-15 12:15:00,-0.1',
        '',
      ].join('\n'),
    );
    const [batch] = importLogger(sheet!.csv, {}, {}, { inlineSamples: true });
    expect(batch!.payload).toMatchObject({
      device: { id: '77' },
      intervalUs: 900_000_000,
      samples: [
        [0, 20_125],
        [900_000, -100],
      ],
    });
  });

  test('gives serials where a map asks for them', async () => {
    const [sheet] = await readWorkbook(workbook({ Data: ROWS }), 'serial');
    expect(new TextDecoder().decode(sheet!.csv)).toContain('1,45000.5,20.125');
  });

  test('that counts from 1904 says the same times', async () => {
    const [sheet] = await readWorkbook(
      workbook(
        {
          Data: [
            ['x', 'when'],
            [1, 45_000.5 - 1462],
          ],
        },
        true,
      ),
    );
    expect(new TextDecoder().decode(sheet!.csv)).toContain('1,2023-03-15 12:00:00');
  });

  test('that is none is refused', async () => {
    const bytes = workbook({ Data: ROWS });
    for (const broken of [bytes.subarray(0, 200), Uint8Array.of(0x50, 0x4b, 3, 4), storedZip([])]) {
      await expect(readWorkbook(broken)).rejects.toMatchObject({
        code: 'sensor-import.columns',
        place: { path: 'archive' },
      });
    }
    await expect(readWorkbook(storedZip([{ name: 'a.txt', content: Uint8Array.of(1) }]))).rejects.toThrow(
      /no workbook/,
    );
  });
});

/** One member, compressed, whose headers say whatever they like about its size. */
function archive(content: Uint8Array, stated = content.length): Uint8Array {
  const stored = storedZip([{ name: 'xl/worksheets/sheet1.xml', content: deflateRawSync(content) }]);
  const view = new DataView(stored.buffer);
  const central = stored.length - 22 - 46 - 24;
  for (const [method, size] of [
    [8, 22],
    [central + 10, central + 24],
  ] as const) {
    view.setUint16(method, 8, true);
    view.setUint32(size, stated, true);
  }
  return stored;
}

describe('an archive', () => {
  test('is read back as it was written', () => {
    const entries = [
      { name: 'a.txt', content: new TextEncoder().encode('hello') },
      { name: 'ü/b', content: new Uint8Array() },
    ];
    expect(unzip(storedZip(entries))).toEqual(entries);
    expect(isZip(storedZip(entries))).toBe(true);
    const text = new TextEncoder().encode('abc '.repeat(1000));
    expect(Buffer.from(unzip(archive(text))[0]!.content)).toEqual(Buffer.from(text));
  });

  test('is stopped where it unpacks to too much, whatever its headers say', () => {
    const bomb = archive(new Uint8Array(8_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    for (const lying of [bomb, archive(new Uint8Array(8_000_000), 10)]) {
      expect(() => unzip(lying)).toThrow(
        expect.objectContaining({
          code: 'sensor-import.columns',
          message: expect.stringMatching(/would unpack to more than \d+ bytes/),
        }),
      );
    }
    const limits = { entries: 10, bytes: 1000, ratio: 1e6, allowance: 0 } as never;
    expect(() => unzip(archive(new Uint8Array(1001)), limits)).toThrow(/more than 1000 bytes/);
    expect(unzip(archive(new Uint8Array(1000)), limits)).toHaveLength(1);
    const many = storedZip(
      Array.from({ length: 1001 }, (_, i) => ({ name: `${i}`, content: new Uint8Array() })),
    );
    expect(() => unzip(many)).toThrow(/more than 1000 members/);
  });

  test('that is damaged anywhere gives a plain error', () => {
    const sound = archive(new TextEncoder().encode('abc '.repeat(100)));
    for (let at = 0; at < sound.length; at += 1) {
      const broken = Uint8Array.from(sound);
      broken[at]! ^= 0xff;
      try {
        unzip(broken);
      } catch (error) {
        expect(error).toMatchObject({ name: 'GoodOrderError', code: 'sensor-import.columns' });
      }
    }
  });
});
