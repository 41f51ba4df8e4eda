// A test runner for Stryker that loads the tests once and switches mutants in the running process: thousands of mutants
// in the time that a new worker for each would give dozens. Mutants that only count while modules load, or where a value
// is made once and kept, run in a fresh process each.
//
// A mutant can leave something behind (a cache filled by it). So every kill is checked: the test that failed must pass
// again without the mutant. Where it does not, the process is replaced, and the mutant judged anew.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';

const SHIM = fileURLToPath(new URL('./test-shim.mjs', import.meta.url));
const MARK = '.transpiled';
/** Test files that spy on the machine need vitest: of a folder they are left out. */
const SPIES = /^import \{[^}]*\bvi\b[^}]*\} from 'vitest'/m;

class InProcessRunner {
  #options;
  #ns;
  #tests = [];
  #byId = new Map();
  #times = new Map();
  #loaded = false;
  #fresh = true;
  #spoilt = false;

  constructor(options, namespace) {
    this.#options = options.inProcess;
    this.#ns = globalThis[namespace] ??= {};
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const root = process.cwd();
    if (existsSync(join(root, MARK))) return;
    const { build } = await import('esbuild');
    const entryPoints = ['src', 'test', 'scripts', 'docs/examples'].flatMap((folder) =>
      sources(join(root, folder)),
    );
    await build({
      entryPoints,
      outdir: root,
      outbase: root,
      bundle: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      logLevel: 'error',
    });
    const runs = this.#options.runs ?? 40;
    for (const source of entryPoints) {
      if (!source.startsWith(join(root, 'test'))) continue;
      const file = source.replace(/\.ts$/, '.js');
      const code = readFileSync(file, 'utf8')
        .replace(/from "vitest"/g, `from ${JSON.stringify(pathToFileURL(SHIM).href)}`)
        .replace(
          /\bnumRuns: ([\de_]+)/g,
          (_, given) => `numRuns: ${Math.min(Number(given.replaceAll('_', '')), runs)}`,
        );
      writeFileSync(file, code);
    }
    writeFileSync(join(root, MARK), '');
  }

  async #load() {
    if (this.#loaded) return;
    this.#loaded = true;
    const root = process.cwd();
    const { default: fc } = await import('fast-check');
    fc.configureGlobal({ seed: 20_261_123, numRuns: this.#options.runs ?? 40 });
    const { collect } = await import(pathToFileURL(SHIM).href);
    for (const file of this.#options.tests.flatMap((given) => testFiles(resolve(root, given)))) {
      const found = await collect(() => import(pathToFileURL(file.replace(/\.ts$/, '.js')).href));
      for (const { name, run } of found) {
        let id = `${relative(root, file)}#${name}`;
        while (this.#byId.has(id)) id += "'";
        const test = { id, name: `${relative(root, file)} ${name}`, fileName: file, run };
        this.#tests.push(test);
        this.#byId.set(id, test);
      }
    }
  }

  async dryRun() {
    const ns = this.#ns;
    ns.activeMutant = undefined;
    await this.#load();
    // Twice: what runs in the first pass only is made once and kept, so that a mutant of it needs a fresh process.
    const firstPass = {};
    const results = [];
    for (const pass of [1, 2]) {
      for (const test of this.#tests) {
        ns.currentTestId = pass === 1 ? undefined : test.id;
        const { error, ms } = await attempt(test, 120_000);
        ns.currentTestId = undefined;
        if (pass === 2 || error !== null) results.push(resultOf(test, error, ms));
        this.#times.set(test.id, ms);
        if (error !== null) return { status: 'complete', tests: results, mutantCoverage: ns.mutantCoverage };
      }
      if (pass === 1) Object.assign(firstPass, ns.mutantCoverage?.static);
    }
    const slow = this.#options.slowMs ?? Number.POSITIVE_INFINITY;
    this.#tests = this.#tests.filter(({ id }) => this.#times.get(id) <= slow);
    const { perTest: all = {}, static: before = {} } = ns.mutantCoverage ?? {};
    const perTest = Object.fromEntries(this.#tests.flatMap(({ id }) => (id in all ? [[id, all[id]]] : [])));
    const steady = new Set(Object.values(perTest).flatMap((hits) => Object.keys(hits)));
    const once = Object.fromEntries(Object.entries(before).filter(([id]) => !steady.has(id)));
    writeFileSync(join(process.cwd(), 'times.json'), JSON.stringify([...this.#times]));
    const kept = results.filter(({ id }) => this.#times.get(id) <= slow);
    return { status: 'complete', tests: kept, mutantCoverage: { perTest, static: once } };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const ns = this.#ns;
    const needsFresh = mutantActivation === 'static' || this.#spoilt;
    if (needsFresh && !this.#fresh) throw new Error('replaced: this process has been used');
    if (this.#times.size === 0 && existsSync('times.json')) {
      this.#times = new Map(JSON.parse(readFileSync('times.json', 'utf8')));
    }
    ns.currentTestId = undefined;
    ns.hitCount = undefined;
    const wasFresh = this.#fresh;
    this.#fresh = false;
    if (mutantActivation === 'static') {
      this.#spoilt = true;
      ns.activeMutant = activeMutant.id;
      try {
        await this.#load();
      } catch (error) {
        return { status: 'killed', killedBy: ['load'], nrOfTests: 0, failureMessage: String(error) };
      }
    } else {
      ns.activeMutant = undefined;
      await this.#load();
    }
    const timeOf = (test) => this.#times.get(test.id) ?? 1000;
    const slow = this.#options.slowMs ?? Number.POSITIVE_INFINITY;
    const wanted = testFilter?.map((id) => this.#byId.get(id)).filter(Boolean) ?? this.#tests;
    const chosen = wanted.filter((test) => timeOf(test) <= slow).sort((a, b) => timeOf(a) - timeOf(b));
    let ran = 0;
    for (const test of chosen) {
      ns.hitLimit = hitLimit;
      if (hitLimit !== undefined) ns.hitCount = ran === 0 ? 0 : ns.hitCount;
      ns.activeMutant = activeMutant.id;
      ran += 1;
      const { error, hung } = await attempt(test, 10_000 + 10 * timeOf(test));
      if (mutantActivation !== 'static') ns.activeMutant = undefined;
      if (hung) {
        this.#spoilt = true;
        return { status: 'timeout', reason: `${test.name} did not end` };
      }
      if (error === null) continue;
      if (hitLimit !== undefined && ns.hitCount > hitLimit) {
        return { status: 'timeout', reason: `hit limit ${hitLimit}` };
      }
      if (mutantActivation !== 'static') {
        ns.hitCount = undefined;
        const again = await attempt(test, 20_000 + 20 * timeOf(test));
        if (again.error !== null || again.hung) {
          this.#spoilt = true;
          if (!wasFresh) throw new Error('replaced: a mutant before left something behind');
        }
      }
      return {
        status: 'killed',
        killedBy: [test.id],
        nrOfTests: ran,
        failureMessage: String(error?.message ?? error).slice(0, 2_000),
      };
    }
    return { status: 'survived', nrOfTests: ran };
  }

  async dispose() {}
}

async function attempt(test, limitMs) {
  const start = performance.now();
  let timer;
  const late = new Promise((settle) => {
    timer = setTimeout(() => settle('late'), limitMs);
  });
  let error = null;
  let hung = false;
  const rejected = (reason) => {
    error ??= reason ?? new Error('rejected');
  };
  process.on('unhandledRejection', rejected);
  process.on('uncaughtException', rejected);
  try {
    const outcome = await Promise.race([Promise.resolve().then(() => test.run()), late]);
    hung = outcome === 'late';
  } catch (caught) {
    error = caught ?? new Error('thrown');
  }
  clearTimeout(timer);
  process.off('unhandledRejection', rejected);
  process.off('uncaughtException', rejected);
  return { error, hung, ms: performance.now() - start };
}

function resultOf({ id, name, fileName }, error, timeSpentMs) {
  const base = { id, name, fileName, timeSpentMs };
  return error === null
    ? { ...base, status: 0 }
    : { ...base, status: 1, failureMessage: String(error?.stack ?? error) };
}

function sources(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
}

function testFiles(given) {
  if (!statSync(given).isDirectory()) return [given];
  return readdirSync(given, { recursive: true })
    .map((name) => join(given, name))
    .filter((name) => name.endsWith('.test.ts') && !SPIES.test(readFileSync(name, 'utf8')))
    .sort();
}

const factory = (options, namespace) => new InProcessRunner(options, namespace);
factory.inject = tokens(commonTokens.options, 'globalNamespace');
function make(injector) {
  return injector.provideValue('globalNamespace', '__stryker__').injectFunction(factory);
}
make.inject = tokens(commonTokens.injector);
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', make)];
