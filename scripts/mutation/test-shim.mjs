// What the tests take from vitest, for `in-process-runner.mjs`: tests are collected once and run as plain functions.
import { format } from 'node:util';
import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
export const { expect } = chai;

let suite = null;
// Tests run one after another.
const finishing = [];

/** Runs a test file's import and returns its tests, in their order. */
export async function collect(load) {
  const tests = [];
  suite = { names: [], befores: [], children: [] };
  const root = suite;
  await load();
  await gather(root, [], tests);
  return tests;
}

async function gather(node, befores, tests) {
  const all = [...befores, ...node.befores];
  for (const child of node.children) {
    if (child.run !== undefined) {
      const run = async () => {
        try {
          for (const before of all) await before();
          await child.run();
        } finally {
          for (const tidy of finishing.splice(0).reverse()) await tidy();
        }
      };
      tests.push({ name: [...node.names, child.name].join(' '), run });
      continue;
    }
    suite = { names: [...node.names, child.name], befores: [], children: [] };
    const inner = suite;
    await child.factory();
    await gather(inner, all, tests);
    suite = node;
  }
}

function once(run) {
  let running = null;
  return () => {
    running ??= Promise.resolve(run());
    return running;
  };
}

export function describe(name, ...rest) {
  const factory = rest.find((one) => typeof one === 'function');
  suite.children.push({ name: String(name?.name ?? name), factory });
}

export function test(name, ...rest) {
  const run = rest.find((one) => typeof one === 'function');
  suite.children.push({ name: String(name), run });
}
export const it = test;

export function beforeAll(run) {
  suite.befores.push(once(run));
}
export function beforeEach(run) {
  suite.befores.push(run);
}
export function onTestFinished(tidy) {
  finishing.push(tidy);
}
export function afterAll() {}
export function afterEach() {}

function each(kind) {
  return (rows, ...more) => {
    if (more.length > 0) throw new Error('tables as templates are not read here');
    return (name, ...rest) => {
      const run = rest.find((one) => typeof one === 'function');
      for (const [index, row] of rows.entries()) {
        const values = Array.isArray(row) ? row : [row];
        kind(nameOf(name, values, index), () => run(...values));
      }
    };
  };
}

function nameOf(name, values, index) {
  const text = name.replaceAll('%#', String(index)).replaceAll('%$', String(index + 1));
  const wanted = (text.match(/%[sdifjoOc]/g) ?? []).length;
  return wanted === 0 ? `${text} [${index}]` : `${format(text, ...values.slice(0, wanted))} [${index}]`;
}

describe.each = each(describe);
test.each = each(test);
for (const kind of [describe, test]) {
  kind.skipIf = (condition) => (condition ? () => {} : kind);
  kind.runIf = (condition) => (condition ? kind : () => {});
  kind.skip = () => {};
  kind.sequential = kind;
  kind.concurrent = kind;
}
