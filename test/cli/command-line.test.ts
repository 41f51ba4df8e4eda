import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/cli/command-line.js';
import { Workplace } from './workplace.js';

const COMMANDS = ['verify', 'key'];
const read = (...argv: string[]) => readCommandLine(argv, COMMANDS);

describe('readCommandLine', () => {
  test('help is asked for in three ways', () => {
    expect(read('help', 'verify').words).toEqual(['verify', '--help']);
    expect(read('help', 'key', 'new').words).toEqual(['key', 'new', '--help']);
    for (const argv of [[], ['help'], ['--help'], ['-q'], ['--format', 'json']])
      expect(read(...argv).words, argv.join(' ')).toEqual(['--help']);
  });

  test('common options may stand before the command, but not behind what ends options', () => {
    expect(read('--format', 'json', '-q', 'verify', 'a').words).toEqual([
      'verify',
      'a',
      '--format',
      'json',
      '-q',
    ]);
    expect(read('-q', 'verify', '--', '-a').words).toEqual(['verify', '-q', '--', '-a']);
  });

  test('a word that is no command is left to be refused, also when help is asked for it', () => {
    expect(read('help', 'verfy')).toEqual({
      words: ['verfy'],
      named: 'verfy',
      machine: null,
      help: 'goodorder --help',
    });
  });

  test('the machine format is known before anything is parsed', () => {
    expect(read('verify', '--format', 'json', '--wrong').machine).toBe('json');
    expect(read('verify', '--format=ndjson').machine).toBe('ndjson');
    expect(read('verify', '--format', 'text').machine).toBe(null);
    expect(read('verify', '--format').machine).toBe(null);
  });
});

describe('a wrong command line', () => {
  test.each([
    [['verfy'], 'unknown command `verfy`; did you mean verify?'],
    [['help', 'verfy'], 'unknown command `verfy`; did you mean verify?'],
    [['verify', 'a', '--trst', 'b'], 'unknown option `--trst`; did you mean --trust?'],
    [['verify'], 'missing required argument `file`'],
    [['key', 'nwe'], 'unknown command `nwe`; did you mean new?'],
    [
      ['verify', 'a', '--format', 'xml'],
      'option `--format <format>` argument `xml` is invalid; allowed choices are text, json, ndjson',
    ],
    [
      ['verify', 'a', '--at', 'noon'],
      'option `--at <time>` argument `noon` is invalid; expected a time such as 2026-09-08T12:00:00Z or seconds since 1970 UTC',
    ],
    [['verify', 'a', '--at'], 'option `--at <time>` argument missing'],
    [['merge', 'a'], 'required option `-o, --output <file>` not specified'],
    [['record', 'handovr'], 'there is no record type `handovr`'],
    [['explain', 'a', 'b', 'c', 'd'], 'too many arguments'],
    [['\u001b[2J\u202e'], 'unknown command `\\u{1b}[2J\\u{202e}`'],
  ])('%j', async (argv, message) => {
    const place = await Workplace.make();
    const text = await place.run(argv);
    expect(text).toMatchObject({ exit: 2, out: '' });
    expect(text.err).toContain(`goodorder: cli.usage: ${message}`);
    const machine = await place.run([...argv, '--format', 'json']);
    expect(machine).toMatchObject({ err: '', exit: 2 });
    expect(machine.json().error.code).toBe('cli.usage');
  });

  test('a group of commands without one shows what there is', async () => {
    const place = await Workplace.make();
    const { exit, out, err } = await place.run(['key']);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain('Usage: goodorder key [options] [command]');
  });
});
