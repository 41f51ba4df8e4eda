import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { renderLines, terminalOptions } from '../../src/cli/terminal.js';
import { styled } from '../../src/report/styled-line.js';
import { Workplace } from './workplace.js';

const TTY = { isTTY: true, columns: 120 };

describe('terminalOptions', () => {
  test.each([
    ['a terminal', TTY, {}, true, { colour: true, unicode: true, width: 100 }],
    ['a narrow terminal', { isTTY: true, columns: 40 }, {}, true, { colour: true, unicode: true, width: 60 }],
    ['a terminal that does not say', { isTTY: true }, {}, true, { colour: true, unicode: true, width: 80 }],
    ['a pipe', {}, {}, true, { colour: false, unicode: false, width: 80 }],
    ['a pipe, FORCE_COLOR', {}, { FORCE_COLOR: '1' }, true, { colour: true, unicode: false, width: 80 }],
    ['a pipe, FORCE_COLOR=0', {}, { FORCE_COLOR: '0' }, true, { colour: false, unicode: false, width: 80 }],
    ['NO_COLOR', TTY, { NO_COLOR: '1' }, true, { colour: false, unicode: true, width: 100 }],
    ['an empty NO_COLOR', TTY, { NO_COLOR: '' }, true, { colour: true, unicode: true, width: 100 }],
    [
      'NO_COLOR over FORCE_COLOR',
      TTY,
      { NO_COLOR: '1', FORCE_COLOR: '1' },
      true,
      { colour: false, unicode: true, width: 100 },
    ],
    [
      '--no-color over FORCE_COLOR',
      TTY,
      { FORCE_COLOR: '1' },
      false,
      { colour: false, unicode: true, width: 100 },
    ],
    ['a dumb terminal', TTY, { TERM: 'dumb' }, true, { colour: false, unicode: false, width: 80 }],
  ] as const)('%s', (_, stream, env, flag, expected) => {
    expect(terminalOptions(stream, env, flag)).toEqual(expected);
  });
});

describe('renderLines', () => {
  const lines = [
    [{ mark: 'passed' } as const, ' ', styled('good', 'it’s whole…'), '  ', styled('faint', '≤ 5')],
  ];

  test('marks and typography on a terminal, ASCII in a pipe', () => {
    expect(renderLines(lines, { colour: false, unicode: true, width: 80 })).toBe('✓ it’s whole…  ≤ 5\n');
    expect(renderLines(lines, { colour: false, unicode: false, width: 80 })).toBe("+ it's whole...  <= 5\n");
  });

  test('columns stay where they were when characters become longer', () => {
    const rows = [
      ['key 3da3f59b…    ', '  2026', '  a'],
      ['GLN 952123400    ', '  2026', '  a'],
      ['a…b…c…d    ', styled('faint', 'e    f')],
      ['a…  b…   c'],
    ];
    expect(renderLines(rows, { colour: false, unicode: false, width: 80 }).split('\n')).toEqual([
      'key 3da3f59b...    2026  a',
      'GLN 952123400      2026  a',
      'a...b...c...d  e  f',
      'a...  b...  c',
      '',
    ]);
  });

  test('colours are additions: without them the same is said', () => {
    const painted = renderLines(lines, { colour: true, unicode: true, width: 80 });
    expect(painted).toContain('\u001b[32m');
    expect(stripVTControlCharacters(painted)).toBe('✓ it’s whole…  ≤ 5\n');
  });

  test('widths are counted after the characters are chosen', () => {
    const tight = [['x'.repeat(78), ' …']];
    expect(renderLines(tight, { colour: false, unicode: true, width: 80 })).toBe(`${'x'.repeat(78)} …\n`);
    expect(renderLines(tight, { colour: false, unicode: false, width: 80 })).toBe(
      `${'x'.repeat(78)}\n  ...\n`,
    );
  });
});

test('colour reaches the whole command, and can be refused in three ways', async () => {
  const place = await Workplace.make();
  const run = (env: Record<string, string>, ...args: string[]) =>
    place.run(['pack', 'show', 'cn', 'CN-19', ...args], { tty: 80, env });
  expect((await run({})).out).toContain('\u001b[');
  for (const plain of [
    await run({ NO_COLOR: '1' }),
    await run({}, '--no-color'),
    await run({ TERM: 'dumb' }),
  ])
    expect(plain.out).not.toContain('\u001b');
  expect((await run({}, '--format', 'json')).out).not.toContain('\u001b');
});
