import type { Command } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { padEnd, wrap } from '../../report/columns.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { lintPack } from '../../rules/load-pack.js';
import type { Pack } from '../../rules/pack.js';
import { packDigest } from '../../rules/pack-digest.js';
import { BUILT_IN_PACKS } from '../../rules/packs/index.js';
import { printPack } from '../../rules/print-pack.js';
import type { Rule } from '../../rules/rule.js';
import { readYaml } from '../../yaml/read-yaml.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { errorLine, errorReport } from '../error-text.js';
import { EXIT } from '../exit-code.js';
import { readTextInput } from '../read-input.js';
import { packsBeside, readPackFile } from '../read-pack.js';
import { definePackTest } from './pack-test.js';

const EXITS = ['0 done   3 refused, with file, line and column'];

export function definePack(command: Command, session: Session): void {
  addHelpText(
    command,
    ['goodorder pack list', 'goodorder pack show cn CN-19', 'goodorder pack lint my-pack.yaml'],
    ['0 done   3 refused   12 different (diff)'],
  );
  const list = command.command('list').description('the packs that ship with this program');
  addHelpText(list, ['goodorder pack list', 'goodorder pack list --format json | jq .'], EXITS);
  list.action((options: GlobalOptions) => {
    const packs = [...BUILT_IN_PACKS.values()];
    session.result(
      options,
      {
        schemaVersion: 1,
        packs: packs.map((pack) => ({
          id: pack.pack,
          kind: pack.kind,
          digest: packDigest(pack),
          rules: pack.kind === 'rules' ? pack.rules.length : 0,
        })),
      },
      packs.map(
        (pack): StyledLine => [
          styled('strong', padEnd(pack.pack, 14)),
          padEnd(pack.kind === 'rules' ? `${pack.rules.length} rules` : 'grades', 10),
          styled('faint', packDigest(pack)),
        ],
      ),
    );
  });

  const show = command
    .command('show')
    .description('a pack as its file says it, or one rule with its source')
    .argument('<pack>', 'id of a pack, or a pack file')
    .argument('[rule]', 'one rule, such as CN-19');
  addHelpText(
    show,
    [
      'goodorder pack show cn CN-19',
      'goodorder pack show cn CN-19 --lang zh',
      'goodorder pack show cn > my-cn.yaml',
    ],
    EXITS,
  );
  show.action(async (name: string, rule: string | undefined, options: GlobalOptions) => {
    const pack = await packOf(name, session);
    if (rule === undefined) {
      if (options.format === 'text') session.io.stdout.write(printPack(pack));
      else session.printJson({ schemaVersion: 1, digest: packDigest(pack), pack }, options);
      return;
    }
    const found = pack.kind === 'rules' ? pack.rules.filter(({ id }) => id === rule) : [];
    if (found.length === 0)
      throw new GoodOrderError('cli.not-found', `the pack \`${pack.pack}\` has no rule \`${rule}\``);
    session.result(
      options,
      { schemaVersion: 1, rules: found },
      found.flatMap((one) => ruleLines(one, options, session)),
    );
  });

  const hash = command
    .command('hash')
    .description('the digest of what a pack says, whatever its layout')
    .argument('<pack>', 'id of a pack, or a pack file');
  addHelpText(hash, ['goodorder pack hash cn', 'goodorder pack hash my-pack.yaml'], EXITS);
  hash.action(async (name: string, options: GlobalOptions) => {
    const pack = await packOf(name, session);
    session.result(options, { schemaVersion: 1, id: pack.pack, digest: packDigest(pack) }, [
      [`${packDigest(pack)}  ${pack.pack}`],
    ]);
  });

  const lint = command
    .command('lint')
    .description('every problem of a pack file, with line and column')
    .argument('<file>', 'pack file');
  addHelpText(lint, ['goodorder pack lint my-pack.yaml'], EXITS);
  lint.action(async (file: string, options: GlobalOptions) => {
    const problems = problemsOf(await readTextInput(file, session.io), file);
    if (problems.length > 0) session.exit = EXIT.input;
    session.result(
      options,
      { schemaVersion: 1, problems: problems.map((problem) => errorReport(problem).error) },
      problems.length === 0
        ? [[{ mark: 'passed' }, ` no problem in ${visibleText(file)}`]]
        : problems.map((problem): StyledLine => [errorLine(problem)]),
    );
  });

  definePackTest(command.command('test'), session);

  const diff = command
    .command('diff')
    .description('which rules two versions of a pack do not share')
    .argument('<old>', 'id of a pack, or a pack file')
    .argument('<new>', 'id of a pack, or a pack file');
  addHelpText(diff, ['goodorder pack diff cn my-cn.yaml'], ['0 the same   12 different   3 refused']);
  diff.action(async (before: string, after: string, options: GlobalOptions) => {
    const changes = ruleChanges(await packOf(before, session), await packOf(after, session));
    if (changes.length > 0) session.exit = EXIT.differs;
    session.result(
      options,
      { schemaVersion: 1, changes },
      changes.length === 0
        ? [[{ mark: 'passed' }, ' the same law']]
        : changes.map(
            ({ change, rule }): StyledLine => [
              styled(change === 'removed' ? 'bad' : 'accent', padEnd(change, 9)),
              rule,
            ],
          ),
    );
  });
}

async function packOf(name: string, session: Session): Promise<Pack> {
  const builtIn = BUILT_IN_PACKS.get(name);
  if (builtIn !== undefined) return builtIn;
  if (!/[./\\]/.test(name)) {
    throw new GoodOrderError(
      'cli.not-found',
      `there is no pack \`${name}\`; known: ${[...BUILT_IN_PACKS.keys()].join(', ')}, or a file`,
    );
  }
  return readPackFile(name, session.io);
}

/** What is wrong with the YAML is a problem of the pack like any other. */
function problemsOf(text: string, file: string): readonly GoodOrderError[] {
  try {
    const source = readYaml(text, file);
    return lintPack(source, { file, known: packsBeside(source) });
  } catch (error) {
    if (error instanceof GoodOrderError) return [error];
    throw error;
  }
}

interface RuleChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly rule: string;
}

/** A rule is told by its id and the day it begins to be law: one id may have several versions. */
function ruleChanges(before: Pack, after: Pack): RuleChange[] {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((rule): RuleChange[] => {
    const [a, b] = [old.get(rule), now.get(rule)];
    if (a === undefined) return [{ change: 'added', rule }];
    if (b === undefined) return [{ change: 'removed', rule }];
    return a === b ? [] : [{ change: 'changed', rule }];
  });
}

function rulesOf(pack: Pack): Map<string, string> {
  if (pack.kind !== 'rules') return new Map([[pack.pack, JSON.stringify(pack)]]);
  return new Map(pack.rules.map((rule) => [`${rule.id} from ${rule.inForce.from}`, JSON.stringify(rule)]));
}

function ruleLines(rule: Rule, options: GlobalOptions, session: Session): StyledLine[] {
  const { width } = session.terminal(options);
  return [
    [
      styled('strong', rule.id),
      `  ${rule.status}, in force from ${rule.inForce.from}${rule.inForce.to === null ? '' : ` to ${rule.inForce.to}`}`,
    ],
    ...wrap(rule.says[options.lang], width - 4).map((line): StyledLine => ['    ', line]),
    ...rule.cite.map(
      (cite): StyledLine => [
        '    ',
        styled(
          'faint',
          `${cite.source} ${cite.article}${cite.verified ? '' : '  (text not read: verify before use)'}`,
        ),
      ],
    ),
  ];
}
