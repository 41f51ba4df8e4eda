import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WatchJournal } from '../../src/cli/watch-journal.js';
import { demoBefore } from './growing-case.js';
import { type Json, Workplace } from './workplace.js';

const TABLE = new URL('../../docs/examples/payout-table.yaml', import.meta.url);
let template: string;

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'goodorder-watch-'));
  const place = Workplace.at(template);
  await place.run(['demo', 'demo']);
  await place.write('cover.yaml', readFileSync(TABLE));
  await place.write('stages/packed.passport', await demoBefore('pickup'));
  await place.write('stages/before-trace.passport', await demoBefore('trace-a'));
  await place.write('stages/before-film.passport', await demoBefore('unboxing'));
  await place.write('stages/whole.passport', await demoBefore(null));
}, 120_000);
afterAll(() => rm(template, { recursive: true, force: true }));

class Desk {
  readonly place: Workplace;
  constructor(place: Workplace) {
    this.place = place;
  }

  static async open(): Promise<Desk> {
    const place = await Workplace.make();
    await cp(template, place.folder, { recursive: true });
    await place.write('in/.keep', '');
    return new Desk(place);
  }

  async arrive(stage: string, name = 'set.passport'): Promise<void> {
    await cp(this.place.path(`stages/${stage}.passport`), this.place.path(`in/${name}`));
  }

  run(...more: string[]) {
    return this.place.run([
      ...['watch', 'in', '--journal', 'j', '--trust', 'demo/demo.trust.json', '--at', '2026-09-10T00:00:00Z'],
      ...['--once', '--format', 'ndjson', ...more],
    ]);
  }

  async events(...more: string[]): Promise<Json[]> {
    const { out } = await this.run(...more);
    return out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }
}

const COVER = ['--triggers', 'cover.yaml'];
const DISPUTE = ['--dispute', 'demo/dinner-set.dispute.json'];
const steps = (events: readonly Json[]): string[] =>
  events.map(({ amountMinor, step, trigger }) => `${trigger} ${step} ${amountMinor}`);
const outcomes = (events: readonly Json[]): string[] =>
  events.map(
    ({ amount, edge, status, turn }) => `${turn} ${edge.split(' ')[0]} ${status} ${amount?.minor ?? '-'}`,
  );

describe('steps of a payout table', () => {
  test('each when the record that reaches it is there, and never again', async () => {
    const desk = await Desk.open();
    await desk.arrive('before-trace');
    expect(await desk.events(...COVER)).toEqual([]);
    await desk.arrive('before-film');
    const first = await desk.events(...COVER);
    expect(steps(first)).toEqual(['hard-knock 1 10000', 'hard-knock 2 30000', 'arrived 1 500']);
    expect(first.map(({ file }) => file)).toEqual(['in/set.passport', 'in/set.passport', 'in/set.passport']);
    expect(await desk.events(...COVER)).toEqual([]);
    await desk.arrive('whole');
    expect(await desk.events(...COVER)).toEqual([]);
    // The same evidence under another name is the same evidence.
    await desk.arrive('whole', 'copy.passport');
    expect(await desk.events(...COVER)).toEqual([]);
  });

  test('another journal tells them again, under the same keys', async () => {
    const desk = await Desk.open();
    await desk.arrive('whole');
    const keys = (events: readonly Json[]): string[] => events.map(({ idempotencyKey }) => idempotencyKey);
    const first = keys(await desk.events(...COVER));
    expect(first).toHaveLength(3);
    expect(keys(await desk.events(...COVER, '--journal', 'other'))).toEqual(first);
  });
});

describe('claims of a dispute', () => {
  test('told when they come to be owed; more evidence for the same is no news', async () => {
    const desk = await Desk.open();
    await desk.arrive('packed');
    expect(await desk.events(...DISPUTE)).toEqual([]);
    await desk.arrive('whole');
    const told = await desk.events(...DISPUTE);
    expect(outcomes(told)).toEqual([
      '1 consumer-seller liable 128000',
      '1 shipper-carrier liable 128000',
      '1 shipper-contracting-carrier liable 128000',
    ]);
    expect(await desk.events(...DISPUTE)).toEqual([]);
    for (const { records } of told) expect(records.length).toBeGreaterThan(0);
  });

  test('withdrawn when it does not hold any more, and told again after that with keys of their own', async () => {
    const desk = await Desk.open();
    const keys = new Set<string>();
    const turns: string[][] = [];
    for (const stage of ['whole', 'packed', 'whole']) {
      await desk.arrive(stage);
      const told = await desk.events(...DISPUTE);
      turns.push(outcomes(told));
      for (const { idempotencyKey } of told) keys.add(idempotencyKey);
    }
    expect(turns[0]).toContain('1 consumer-seller liable 128000');
    expect(turns[1]).toContain('2 consumer-seller not-liable -');
    expect(turns[2]).toContain('3 consumer-seller liable 128000');
    expect(keys.size).toBe(turns.flat().length);
  });
});

describe('what is not whole', () => {
  test('half a passport is a problem and no end; nothing follows from an altered one', async () => {
    const desk = await Desk.open();
    const whole = await desk.place.read('stages/whole.passport');
    await desk.place.write('in/set.passport', whole.slice(0, whole.length / 2));
    const half = await desk.run(...COVER);
    expect(half.exit).toBe(3);
    expect(half.json().error.code).toBe('cbor.truncated');
    await cp(desk.place.path('demo/dinner-set-copy.passport'), desk.place.path('in/set.passport'));
    const altered = await desk.place.run([
      ...['watch', 'in', '--journal', 'j', '--once', '--trust', 'demo/demo.trust.json', ...COVER],
    ]);
    expect(altered.err).toContain('fails verification: nothing follows from it');
    expect(altered).toMatchObject({ exit: 3, out: '' });
    await desk.arrive('whole');
    expect(await desk.events(...COVER)).toHaveLength(3);
  });

  test('a journal cut short anywhere: no event is lost, and its key stays', async () => {
    const desk = await Desk.open();
    await desk.arrive('whole');
    const first = await desk.events(...COVER);
    const journal = readFileSync(desk.place.path('j'));
    const keys = first.map(({ idempotencyKey }) => idempotencyKey);
    const lost = new Set<number>();
    for (let length = 0; length < journal.length; length += 97) lost.add(length);
    for (const length of lost) {
      writeFileSync(desk.place.path('j'), journal.subarray(0, length));
      const again = (await desk.events(...COVER)).map(({ idempotencyKey }) => idempotencyKey);
      expect(
        again.every((key) => keys.includes(key)),
        `${length}`,
      ).toBe(true);
      expect(new Set(again).size).toBe(again.length);
      const told = await WatchJournal.open<Json>(desk.place.path('j'));
      expect([told.pending, told.events.map(({ idempotencyKey }) => idempotencyKey)]).toEqual([[], keys]);
      await told.close();
    }
  }, 60_000);

  test('a journal changed before its end is refused', async () => {
    const desk = await Desk.open();
    await desk.arrive('whole');
    await desk.events(...COVER);
    const journal = readFileSync(desk.place.path('j'), 'utf8');
    writeFileSync(desk.place.path('j'), journal.replace('hard-knock', 'soft-knock'));
    const ran = await desk.place.run([
      ...['watch', 'in', '--journal', 'j', '--once', '--trust', 'demo/demo.trust.json', ...COVER],
    ]);
    expect(ran.exit).toBe(3);
    expect(ran.err).toMatch(
      /is damaged: keep it aside; a new one tells everything again, under the same keys/,
    );
    writeFileSync(desk.place.path('j'), 'something else\n');
    expect((await desk.run(...COVER)).exit).toBe(3);
  });
});

describe('--out', () => {
  const lines = (desk: Desk): string[] =>
    readFileSync(desk.place.path('e.ndjson'), 'utf8').split('\n').slice(0, -1);

  test('each event stands in the file once, whatever a crash left behind', async () => {
    const desk = await Desk.open();
    await desk.arrive('whole');
    expect((await desk.run(...COVER, '--out', 'e.ndjson')).out).toBe('');
    const whole = lines(desk);
    expect(steps(whole.map((line) => JSON.parse(line)))).toEqual([
      'hard-knock 1 10000',
      'hard-knock 2 30000',
      'arrived 1 500',
    ]);
    const journal = readFileSync(desk.place.path('j'), 'utf8');
    const intended = journal
      .split('\n')
      .filter((line) => !line.includes('"told"'))
      .join('\n');
    // Killed before anything was written, in the middle of a line, after some lines, and after all of them.
    const text = `${whole.join('\n')}\n`;
    for (const length of [0, 40, whole[0]!.length, whole[0]!.length + 1, text.length - 1, text.length]) {
      writeFileSync(desk.place.path('j'), intended);
      writeFileSync(desk.place.path('e.ndjson'), text.slice(0, length));
      await desk.run(...COVER, '--out', 'e.ndjson');
      expect(lines(desk), `${length}`).toEqual(whole);
      await desk.run(...COVER, '--out', 'e.ndjson');
      expect(lines(desk), `${length}`).toEqual(whole);
    }
  });
});

test('what to watch for has to be said, and a table has to be one', async () => {
  const desk = await Desk.open();
  expect((await desk.run()).exit).toBe(2);
  expect((await desk.run('--triggers', 'none.yaml')).exit).toBe(3);
  expect((await desk.run(...COVER, '--journal', 'no/such/folder/j', '--out', 'no/e')).exit).toBe(3);
  appendFileSync(desk.place.path('cover.yaml'), 'stray: 1\n');
  expect((await desk.run(...COVER)).exit).toBe(3);
});

test('an empty folder is waited for, and said to be empty', async () => {
  const desk = await Desk.open();
  const ran = await desk.place.run(['watch', 'in', '--journal', 'j', '--once', ...COVER]);
  expect(ran.err).toContain('no `*.passport` file below `in`');
  expect(ran.exit).toBe(3);
});
