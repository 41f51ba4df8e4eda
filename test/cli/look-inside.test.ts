import { describe, expect, test } from 'vitest';
import { CODES, TOOL_CODES } from '../../src/codes.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { ELEMENT_MEMBERS, MEMBER } from '../../src/passport/element.js';
import { readPassportFile } from '../../src/passport/file.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { DOCTOR_WORDS } from '../../src/report/labels/doctor-words.js';
import { SHOW_WORDS } from '../../src/report/labels/show-words.js';
import { rawPassport } from '../verify/story.js';
import { at, HANDOVER, ITEM, SELLER, Story } from './story.js';
import { type Json, Workplace } from './workplace.js';

const TRUST = ['--trust', 'court.trust.json'];

async function twoRecords(): Promise<Story> {
  const story = await Story.begin();
  await story.commission();
  await story.sign('carrier', 'handover', HANDOVER, 1);
  return story;
}

describe('show', () => {
  test('all records, and what is claimed apart from what is verified', async () => {
    const story = await twoRecords();
    const all = await story.place.must(['show', 'set.passport', ...TRUST]);
    expect(all).toMatchObject({ item: ITEM, verdict: 'TOTAL-PASSED' });
    expect(all.records).toHaveLength(2);
    expect(all.records[0]).toMatchObject({
      number: 1,
      state: 'trusted',
      verified: { party: SELLER, binding: 'path', roles: ['seller'] },
      claimed: { type: 'commission', payload: { name: 'Porcelain dinner set, 16 pieces' } },
    });
    const text = await story.place.run(['show', 'set.passport', ...TRUST]);
    expect(
      text.out
        .split('\n')
        .slice(2, 4)
        .map((line) => line.trimEnd()),
    ).toEqual([
      `   1 + commission       GLN 9521234000013   2026-09-09 00:00 UTC  ${all.records[0].id.slice(0, 8)}`,
      `   2 + handover         GLN 9521234000020   2026-09-09 01:00 UTC  ${all.records[1].id.slice(0, 8)}`,
    ]);
  });

  test('one record by number, id or the start of its id', async () => {
    const story = await twoRecords();
    const { records } = await story.place.must(['show', 'set.passport', ...TRUST]);
    const { id } = records[1];
    for (const name of ['2', id, id.slice(0, 9)]) {
      expect((await story.place.must(['show', 'set.passport', name, ...TRUST])).id, name).toBe(id);
    }
    for (const name of ['3', 'zz', '', 'ffff0000ffff', id.slice(0, 3)]) {
      const refused = await story.place.run(['show', 'set.passport', name, ...TRUST, '--format', 'json']);
      expect(refused, name).toMatchObject({ exit: 3, err: '' });
      expect(refused.json().error.code, name).toBe('cli.not-found');
    }
  });

  test('in Chinese: our words, not those of the record; a type keeps its own name beside', async () => {
    const story = await twoRecords();
    const zh = [...TRUST, '--lang', 'zh'];
    const list = await story.place.run(['show', 'set.passport', ...zh]);
    expect(list.out).toMatch(/ {3}2 \+ handover 交接 +GLN 9521234000020 /);
    expect(list.err).toContain('下一步：');
    const one = await story.place.run(['show', 'set.passport', '2', ...zh]);
    const [head, , ...lines] = one.out.trimEnd().split('\n');
    expect(head).toBe('+ 记录 2  handover 交接  可信');
    expect(lines.slice(0, 5).map((line) => line.trim().split(/ +/)[0])).toEqual([
      '编号',
      '签署人',
      '关于',
      '自称',
      '可证明',
    ]);
    expect(one.out).toContain('remark            clean');
  });

  test('every type of record has its Chinese word', () => {
    expect(Object.keys(SHOW_WORDS.zh.types).sort()).toEqual([...RECORD_TYPES.keys()].sort());
  });

  test('without a trust file nobody is known, and nobody’s name is believed', async () => {
    const story = await twoRecords();
    const { exit, json } = await story.place.run(['show', 'set.passport', '1', '--format', 'json']);
    expect(exit).toBe(11);
    expect(json()).toMatchObject({ state: 'valid', verified: { party: null, binding: 'none' } });
  });
});

describe('timeline', () => {
  test('who held it, by whose word', async () => {
    const story = await twoRecords();
    const told = await story.place.must(['timeline', 'set.passport', ...TRUST]);
    expect(told.intervals.map((one: Json) => [one.leg, one.mode])).toContainEqual(['leg-1', 'road']);
    const { out } = await story.place.run(['timeline', 'set.passport', ...TRUST]);
    expect(out).toContain('pickup');
    expect(out).toContain('signed by GLN 9521234000020');
    const zh = await story.place.run(['timeline', 'set.passport', ...TRUST, '--lang', 'zh']);
    expect(zh.out).toContain('揽收');
  });

  test('a passport that tells of no passage says so', async () => {
    const story = await Story.begin();
    await story.commission();
    const { exit, out } = await story.place.run(['timeline', 'set.passport', ...TRUST]);
    expect(exit).toBe(0);
    expect(out).toContain('no record tells of a change of hands');
  });

  test('records that count for nothing are not passed over in silence', async () => {
    const story = await twoRecords();
    const { err, out } = await story.place.run(['timeline', 'set.passport']);
    expect(out).toContain('no record tells of a change of hands');
    expect(err).toContain('2 records by keys that nobody vouches for are not heard here. Next: ');
    expect((await story.place.run(['timeline', 'set.passport', ...TRUST])).err).toBe('');
  });
});

describe('inspect', () => {
  test('the elements of a passport, with their places', async () => {
    const story = await twoRecords();
    const read = await story.place.must(['inspect', 'set.passport']);
    const bytes = await story.place.read('set.passport');
    expect(read).toMatchObject({ bytes: bytes.length, item: ITEM, findings: [] });
    expect(read.elements.map((one: Json) => one.member)).toEqual([
      ...['record', 'record', 'key', 'key', 'key', 'credential', 'credential', 'opening'],
    ]);
    const { out } = await story.place.run(['inspect', 'set.passport', '--diagnostic']);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('numbers records as the other commands do, wherever they stand in the file', async () => {
    const story = await twoRecords();
    const read = readPassportFile(await story.place.read('set.passport'));
    if (!read.ok) throw new Error(read.fault.code);
    const [commission, handover] = (await story.place.must(['show', 'set.passport', ...TRUST])).records;
    const bytesOf = new Map(read.file.members[MEMBER.records].map(({ bytes }) => [sha256Hex(bytes), bytes]));
    const members = new Map<number, readonly Uint8Array[]>(
      ELEMENT_MEMBERS.map((member) => [member, read.file.members[member].map(({ bytes }) => bytes)]),
    );
    members.set(
      MEMBER.records,
      [handover.id, commission.id].map((id) => bytesOf.get(id)!),
    );
    await story.place.write('turned.passport', rawPassport(ITEM, members));
    const { elements } = await story.place.must(['inspect', 'turned.passport']);
    const records = elements.filter((one: Json) => one.member === 'record');
    expect(records.map(({ index, number, sha256 }: Json) => ({ index, number, sha256 }))).toEqual([
      { index: 1, number: 1, sha256: commission.id },
      { index: 0, number: 2, sha256: handover.id },
    ]);
    for (const { number, sha256 } of records) {
      const argv = ['show', 'turned.passport', String(number), ...TRUST, '--format', 'json'];
      expect((await story.place.run(argv)).json()).toMatchObject({ number, id: sha256 });
    }
    const { out } = await story.place.run(['inspect', 'turned.passport']);
    expect(out.match(/^ {2}record .*(?= {2}byte)/gm)?.map((line) => line.trim())).toEqual([
      'record 1',
      'record 2',
    ]);
  });

  test('a broken passport, a record, any bytes, and nothing', async () => {
    const story = await twoRecords();
    const bytes = await story.place.read('set.passport');
    await story.place.write('cut.passport', bytes.subarray(0, 100));
    const cut = await story.place.run(['inspect', 'cut.passport', '--format', 'json']);
    expect(cut).toMatchObject({ exit: 10, err: '' });
    expect(cut.json()).toMatchObject({ item: null, findings: [{ code: expect.any(String) }] });
    expect((await story.place.run(['inspect', '-'], { stdin: new Uint8Array([0xff, 0x00]) })).exit).toBe(10);
    expect((await story.place.run(['inspect', '-'], { stdin: new Uint8Array([0xa0]) })).exit).toBe(0);
    expect((await story.place.run(['inspect', '-'], { stdin: '' })).exit).toBe(10);
    expect((await story.place.run(['inspect', 'none'])).exit).toBe(3);
    await story.sign('carrier', 'handover', HANDOVER, 2, { args: ['-o', '../alone.record'] });
    expect(await story.place.must(['inspect', 'alone.record'])).toMatchObject({ findings: [] });
  });
});

describe('explain', () => {
  test('every code that there is, in both languages', async () => {
    const place = await Workplace.make();
    const { codes } = await place.must(['explain']);
    expect(codes.map((one: Json) => one.code)).toEqual([
      ...Object.keys(CODES),
      ...TOOL_CODES,
      ...Object.keys(DOCTOR_WORDS),
    ]);
    for (const { code } of codes.slice(0, 200)) {
      const { exit, out } = await place.run(['explain', code]);
      expect(exit).toBe(0);
      expect(out.split('\n')[0]).toBe(code);
    }
    expect((await place.run(['explain', 'chain.fork'])).out).toContain('names a key as at fault');
    expect((await place.run(['explain', 'chain.gap', '--lang', 'zh'])).out).toMatch(/不指控任何人/);
    const list = await place.run(['explain']);
    for (const line of list.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('a code that there is not, with those that are near', async () => {
    const place = await Workplace.make();
    const { exit, err } = await place.run(['explain', 'chain.gpa']);
    expect(exit).toBe(3);
    expect(err).toContain('known: chain.gap');
    expect((await place.run(['explain', '__proto__'])).exit).toBe(3);
    expect((await place.run(['explain', 'set.passport'])).err).toContain('name it after its passport');
  });

  test('one record, finding by finding', async () => {
    const story = await twoRecords();
    const told = await story.place.must(['explain', 'set.passport', '1', ...TRUST]);
    expect(told).toMatchObject({ number: 1, state: 'trusted' });
    expect(told.findings.map((one: Json) => one.code)).toContain('time.no-anchor');
    const { out } = await story.place.run(['explain', 'set.passport', '1', ...TRUST]);
    expect(out).toContain('nothing proves an earliest time');
  });
});

describe('diff', () => {
  test('the same, different, of two items, and no passport', async () => {
    const story = await twoRecords();
    const { place } = story;
    await place.write('copy.passport', await place.read('set.passport'));
    expect(await place.run(['diff', 'set.passport', 'copy.passport'])).toMatchObject({ exit: 0, err: '' });
    await story.sign(
      'buyer',
      'statement',
      { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'arrived' },
      3,
    );
    const ran = await place.run(['diff', 'set.passport', 'copy.passport']);
    expect(ran.exit).toBe(12);
    expect(ran.out).toMatch(/^only in set\.passport\n {2}record /);
    await place.write('letter.txt', 'hello');
    const refused = await place.run(['diff', 'set.passport', 'letter.txt', '--format', 'json']);
    expect(refused).toMatchObject({ exit: 3, err: '' });
    expect(refused.json().error).toMatchObject({ code: 'passport.magic', place: { file: 'letter.txt' } });
    expect(at(0)).toMatch(/^\d+$/);
  });
});
