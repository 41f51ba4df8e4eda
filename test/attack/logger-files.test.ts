import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storedZip } from '../../src/capture/node/zip-entries.js';
import { type BuiltCommand, buildCommand } from './built-command.js';

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

/** A megabyte is one member's share of what is announced here as `members` of them. */
const SHARE = new Uint8Array(4_000_000);

/** A workbook whose members are all packed into a thousandth of their size. */
function packed(members: number): Uint8Array {
  const content = deflateRawSync(SHARE, { level: 9 });
  const names = [
    '[Content_Types].xml',
    ...Array.from({ length: members - 1 }, (_, i) => `xl/worksheets/sheet${i}.xml`),
  ];
  const bytes = storedZip(names.map((name) => ({ name, content })));
  return withMethod(bytes, 8);
}

/** Says of every member that it is compressed, as `storedZip` never does. */
function withMethod(bytes: Uint8Array, method: number): Uint8Array {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 46 < bytes.length; at += 1) {
    const mark = view.getUint32(at, true);
    if (mark === 0x0403_4b50) view.setUint16(at + 8, method, true);
    if (mark === 0x0201_4b50) view.setUint16(at + 10, method, true);
  }
  return bytes;
}

/** Ten thousand members in a directory, all of them the same bytes of the file (Fifield 2019). */
function overlapping(members: number): Uint8Array {
  const one = packed(2);
  const view = new DataView(one.buffer);
  const end = one.length - 22;
  const directory = view.getUint32(end + 16, true);
  const entry = one.subarray(directory, end);
  const tail = new Uint8Array(one.subarray(end));
  const tailView = new DataView(tail.buffer);
  tailView.setUint16(8, members, true);
  tailView.setUint16(10, members, true);
  return new Uint8Array(
    Buffer.concat([one.subarray(0, directory), ...Array<Uint8Array>(members / 2).fill(entry), tail]),
  );
}

function imported(name: string, bytes: Uint8Array, ...more: string[]) {
  writeFileSync(join(command.folder, name), bytes);
  const argv = ['sensor', 'import', name, '--utc-offset', '+00:00', '--format', 'json', ...more];
  // A heap that holds a tenth of what would be unpacked.
  const { status, stdout } = command.run(argv, { env: { NODE_OPTIONS: '--max-old-space-size=64' } });
  return { status, error: JSON.parse(stdout.toString()).error };
}

describe('compressed containers', () => {
  test('zip-bomb-input: a workbook that would unpack a thousandfold is refused before it does, whatever its directory says', () => {
    for (const [name, bytes] of [
      ['packed.xlsx', packed(50)],
      ['overlapping.xlsx', overlapping(900)],
      ['crowded.xlsx', overlapping(10_000)],
    ] as const) {
      const { status, error } = imported(name, bytes);
      expect([name, status, error.code]).toEqual([name, 3, 'sensor-import.columns']);
      expect(error.message, name).toMatch(/^the archive would unpack to more than [\d]+ (bytes|members)/);
      expect(error.place, name).toEqual({ path: 'archive', file: name });
    }
    expect(packed(50).length * 500).toBeLessThan(50 * SHARE.length);
  });

  test('zip-bomb-input: gzip and PDF streams are not unpacked at all', () => {
    const pdf = `%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n${deflateRawSync(SHARE).toString('latin1')}\nendstream\n`;
    for (const [name, bytes] of [
      ['export.csv.gz', gzipSync(SHARE)],
      ['report.pdf', Buffer.from(pdf, 'latin1')],
    ] as const) {
      const { status, error } = imported(name, new Uint8Array(bytes));
      expect([name, status, error.code]).toEqual([name, 3, 'sensor-import.columns']);
      expect(error.message, name).toMatch(/^no family of loggers is recognised/);
    }
  });
});

describe('files made to be misread', () => {
  test('a workbook where the optional package is not installed is refused with its name', () => {
    const bytes = storedZip([{ name: '[Content_Types].xml', content: new TextEncoder().encode('<Types/>') }]);
    const { status, error } = imported('plain.xlsx', bytes);
    expect([status, error.code]).toEqual([3, 'sensor-import.columns']);
    expect(error.message).toMatch(/needs the optional package `@e965\/xlsx`/);
  });

  test('one bit, one cut, one repetition in a real export: read with what is wrong told, or refused in a sentence', () => {
    const signed = new Uint8Array(readFileSync('fixtures/sensors/berlinger/RCPJ00010_02_202211090128.txt'));
    for (const [name, bytes] of [
      ['cut.txt', signed.subarray(0, 3000)],
      ['empty.txt', new Uint8Array()],
      ['twice.txt', new Uint8Array([...signed, ...signed])],
      ['nul.txt', signed.map((byte, at) => (at === 2000 ? 0 : byte))],
    ] as const) {
      writeFileSync(join(command.folder, name), bytes);
      const { status, stderr } = command.run(['sensor', 'import', name, '--utc-offset', '+00:00']);
      expect([0, 3], name).toContain(status);
      expect(stderr.toString(), name).not.toMatch(/\n {4}at |TypeError|RangeError/);
    }
  });
});
