import { cp } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Json } from './workplace.js';
import { Workplace } from './workplace.js';

const DEMO = new URL('../../fixtures/demo', import.meta.url);
const CASE = 'cases/dinner-set.scenario.yaml';

async function withCases(): Promise<Workplace> {
  const place = await Workplace.make();
  await cp(DEMO, place.path('cases'), { recursive: true });
  return place;
}

test('a scenario comes out as it says, a folder of them too', async () => {
  const place = await withCases();
  const tested = await place.must(['pack', 'test', 'cases']);
  expect(tested).toEqual({ schemaVersion: 1, scenarios: [{ file: CASE, passed: true, unmet: [] }] });
  const { out, exit } = await place.run(['pack', 'test', CASE]);
  expect({ out, exit }).toEqual({ out: `+ ${CASE}  comes out as it says\n`, exit: 0 });
  const chinese = await place.run(['pack', 'test', CASE, '--lang', 'zh']);
  expect(chinese.out).toBe(`+ ${CASE}  结果与所述一致\n`);
});

test('what comes out otherwise is told with line and column, and ends with 12', async () => {
  const place = await withCases();
  const text = await place.readText(CASE);
  await place.write(CASE, text.replace('disposition: determined', 'disposition: shared'));
  expect(await place.readText(CASE)).not.toBe(text);
  const ran = await place.run(['pack', 'test', CASE, '--format', 'json']);
  expect(ran.exit).toBe(12);
  const [only] = ran.json().scenarios;
  expect(only.passed).toBe(false);
  expect(only.unmet).toMatchObject([
    {
      code: 'scenario.expectation',
      place: { file: CASE, line: expect.any(Number), column: expect.any(Number) },
    },
  ]);
  const { out } = await place.run(['pack', 'test', CASE]);
  expect(out.split('\n')[0]).toBe(`x ${CASE}  comes out otherwise on 1 point`);
});

test('a pack file is tested instead of the built-in pack of its id', async () => {
  const place = await withCases();
  const pack = (await place.run(['pack', 'show', 'cn'])).out;
  await place.write('same.yaml', pack);
  expect((await place.run(['pack', 'test', CASE, '--pack', 'same.yaml'])).exit).toBe(0);
  // The carrier's own liability begins to be law too late for this case.
  const year = pack.indexOf('2021', pack.indexOf('- id: CN-19'));
  await place.write('late.yaml', `${pack.slice(0, year)}2027${pack.slice(year + 4)}`);
  const ran = await place.run(['pack', 'test', CASE, '--pack', 'late.yaml', '--format', 'json']);
  expect(ran.exit).toBe(12);
  expect(ran.json().scenarios[0].unmet.length).toBeGreaterThan(1);
});

test('what cannot be played does not hide the others', async () => {
  const place = await withCases();
  await place.write('cases/broken.scenario.yaml', 'schema: [\n');
  await place.write('cases/bare.scenario.yaml', 'schema: goodorder-scenario/1\n');
  const ran = await place.run(['pack', 'test', 'cases', '--format', 'json']);
  expect(ran.exit).toBe(3);
  expect(
    ran.json().scenarios.map(({ file, passed, error }: Json) => [file, passed, error?.code ?? null]),
  ).toEqual([
    ['cases/bare.scenario.yaml', false, 'scenario.malformed'],
    ['cases/broken.scenario.yaml', false, 'yaml.syntax'],
    [CASE, true, null],
  ]);
  expect((await place.run(['pack', 'test', 'none'])).exit).toBe(3);
  expect((await place.run(['pack', 'test', CASE, '--pack', 'none.yaml'])).exit).toBe(3);
});
