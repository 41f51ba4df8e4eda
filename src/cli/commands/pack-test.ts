import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { parseInstant } from '../../codec/instant.js';
import { readTrustFile } from '../../credential/trust-file.js';
import { GoodOrderError } from '../../errors.js';
import { readDispute } from '../../finding/dispute.js';
import { assess } from '../../finding/finding.js';
import { whatIfOf } from '../../finding/what-if.js';
import { PACK_TEST_WORDS } from '../../report/labels/pack-test-words.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import type { Pack } from '../../rules/pack.js';
import { BUILT_IN_PACKS } from '../../rules/packs/index.js';
import { entryOf } from '../../rules/positioned-value.js';
import { buildScenario } from '../../scenario/build-scenario.js';
import { unmetExpectations } from '../../scenario/expectation.js';
import { ScenarioSource } from '../../scenario/scenario-source.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { readYaml } from '../../yaml/read-yaml.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { errorLine, errorReport, errorText } from '../error-text.js';
import { EXIT, type ExitCode, worstExit } from '../exit-code.js';
import type { Io } from '../io.js';
import { expandEach, readTextInput } from '../read-input.js';
import { readPackFile } from '../read-pack.js';
import { scenarioFiles } from '../scenario-files.js';

interface TestOptions extends GlobalOptions {
  readonly pack?: readonly string[];
}

interface Tested {
  readonly file: string;
  /** What came out otherwise than the scenario says. */
  readonly unmet: readonly GoodOrderError[];
  /** Why it could not be played. */
  readonly problem: GoodOrderError | null;
}

export function definePackTest(command: Command, session: Session): void {
  command
    .description('do rules lead where scenarios say they should')
    .argument('<scenario...>', 'scenario files, or folders of *.scenario.yaml')
    .option('--pack <file...>', 'pack files under test; each replaces the built-in pack of its id');
  addHelpText(
    command,
    ['goodorder pack test cases/', 'goodorder pack test cases/dinner-set.scenario.yaml --pack my-cn.yaml'],
    ['0 all came out as they say   12 one came out otherwise   3 one cannot be played'],
  );
  command.action(async (files: string[], options: TestOptions) => {
    const { io } = session;
    const packs = new Map(BUILT_IN_PACKS);
    for (const file of options.pack ?? []) {
      const pack = await readPackFile(file, io);
      packs.set(pack.pack, pack);
    }
    const tested: Tested[] = [];
    for (const { name, problem } of await expandEach(files, '.scenario.yaml', io))
      tested.push(problem === null ? await play(name, packs, io) : { file: name, unmet: [], problem });
    session.exit = worstExit(tested.map(exitOf));
    if (options.format === 'text') {
      for (const { problem } of tested) if (problem !== null) io.stderr.write(errorText(problem));
    }
    session.result(
      options,
      {
        schemaVersion: 1,
        scenarios: tested.map(({ file, unmet, problem }) => ({
          file,
          passed: unmet.length === 0 && problem === null,
          unmet: unmet.map((one) => errorReport(one).error),
          ...(problem === null ? {} : { error: errorReport(problem).error }),
        })),
      },
      tested.flatMap((one) => testedLines(one, options)),
    );
  });
}

function exitOf({ unmet, problem }: Tested): ExitCode {
  return problem !== null ? EXIT.input : unmet.length > 0 ? EXIT.differs : EXIT.passed;
}

/** Built, verified and judged as `find` judges; one that cannot be played does not hide the others. */
async function play(file: string, packs: ReadonlyMap<string, Pack>, io: Io): Promise<Tested> {
  try {
    const root = readYaml(await readTextInput(file, io), file);
    const built = await buildScenario(root, file, scenarioFiles(dirname(resolve(io.cwd, file))));
    if (built.dispute === null || built.expect === null) {
      const message = `\`${file}\` has no dispute, or expects nothing of it`;
      throw new GoodOrderError('scenario.expectation', message, { file });
    }
    const positions = root.kind === 'map' ? entryOf(root, 'dispute') : undefined;
    const dispute = readDispute(built.dispute, { file, ...(positions === undefined ? {} : { positions }) });
    const chosen = dispute.packs.map(({ id }) => {
      const pack = packs.get(id);
      if (pack !== undefined) return pack;
      throw new GoodOrderError(
        'dispute.unknown-pack',
        `there is no pack \`${id}\`; give its file with --pack`,
        {
          file,
        },
      );
    });
    const verified = await verifyPassport(built.passport, {
      trust: readTrustFile(built.trust),
      at: parseInstant(String(built.dispute['asOf'])).utcS,
    });
    const assessment = assess(verified, dispute, chosen);
    const outcome = {
      verified,
      finding: assessment.finding,
      whatIf: (edge: string) => whatIfOf(assessment, verified, edge),
    };
    const unmet = unmetExpectations(built.expect, new ScenarioSource(root, file), ['expect'], built, outcome);
    return { file, unmet, problem: null };
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    return { file, unmet: [], problem: error };
  }
}

function testedLines({ file, unmet, problem }: Tested, { lang }: TestOptions): StyledLine[] {
  const words = PACK_TEST_WORDS[lang];
  const name = styled('strong', visibleText(file));
  if (problem !== null) return [[{ mark: 'limited' }, ' ', name, `  ${words.notPlayed}`]];
  if (unmet.length === 0) return [[{ mark: 'passed' }, ' ', name, `  ${words.asExpected}`]];
  return [
    [{ mark: 'failed' }, ' ', name, `  ${words.otherwise(unmet.length)}`],
    ...unmet.map((one): StyledLine => ['    ', errorLine(one)]),
  ];
}
