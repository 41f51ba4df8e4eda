import { describe, expect, test } from 'vitest';
import { assembleCredential, readCredential } from '../../src/credential/credential.js';
import { readRecord } from '../../src/record/read-record.js';
import type { Fields } from '../../src/record/record-type.js';

import { ITEM, SAMPLES, SELLER } from './sample-payloads.js';
import { rawRecord, SIGNER } from './test-signing.js';

async function faultsOf(
  type: 'agreement' | 'delivery' | 'sensor-batch' | 'statement',
  change: Fields,
): Promise<string[]> {
  const fields = { ...(SAMPLES[type].minimal as Fields), ...change };
  const { diagnostics } = readRecord(await rawRecord({ type, fields }));
  return diagnostics.map(({ code, path }) => `${code} ${path}`);
}

describe('one place is told once, however many rules it breaks', () => {
  test('a text that is too long', async () => {
    expect(await faultsOf('statement', { text: 'x'.repeat(8001) })).toEqual(['schema.value text']);
  });

  test('a currency that three amounts lack', async () => {
    const private_ = new Uint8Array(32);
    expect(
      await faultsOf('agreement', {
        valueDeclaredMinor: private_,
        freightMinor: private_,
        insuredMinor: private_,
      }),
    ).toEqual(['schema.missing currency']);
  });

  test('a list of a credential that is too long and out of order', async () => {
    const roles = Array.from({ length: 16 }, () => 'seller');
    const bytes = await assembleCredential(SIGNER, new Map([['roles', roles]]));
    const read = readCredential(bytes);
    if (read.ok) throw new Error('read');
    const about = read.diagnostics.filter(({ path }) => path === 'roles');
    expect(about.map(({ code }) => code)).toEqual(['credential.shape']);
  });
});

describe('what a newer revision adds', () => {
  const about = async (value: Fields): Promise<string[]> => {
    const fields = { ...(SAMPLES.statement.minimal as Fields), about: value };
    const { diagnostics } = readRecord(await rawRecord({ type: 'statement', fields, revision: 2 }));
    return diagnostics.map(({ code, path }) => `${code} ${path ?? ''}`.trim());
  };

  test('is no second thing that a statement is about, and not the one', async () => {
    expect(await about({ item: ITEM, later: 1 })).toEqual(['record.newer-revision']);
    expect(await about({ later: 1 })).toEqual(['schema.value about', 'record.newer-revision']);
    expect(await about({ item: ITEM, party: SELLER, later: 1 })).toEqual([
      'schema.value about',
      'record.newer-revision',
    ]);
  });
});

test('prefixes of which one is none are not said to be out of order as well', async () => {
  const bytes = await assembleCredential(SIGNER, new Map([['subjects', ['z', 'a/']]]));
  const read = readCredential(bytes);
  if (read.ok) throw new Error('read');
  const told = read.diagnostics.filter(({ path }) => path?.startsWith('subjects') === true);
  expect(told.map(({ path }) => path)).toEqual(['subjects[0]']);
});

describe('a byte string or a map with an integer key is no map of fields', () => {
  test.each<[string, string, unknown]>([
    ['bytes where fields are required', 'occurredAt', new Uint8Array(3)],
    ['bytes where all are optional', 'place', new Uint8Array(3)],
    ['no bytes where all are optional', 'place', new Uint8Array(0)],
    ['bytes that may be null', 'objectionDeadline', new Uint8Array(0)],
    ['where fields are required', 'objectionDeadline', new Map([[1, 2]])],
    ['where all are optional', 'place', new Map([[1, 2]])],
    [
      'whatever else it holds',
      'place',
      new Map<number | string, unknown>([
        [1, 2],
        ['country', 'CN'],
      ]),
    ],
  ])('%s', async (_, path, value) => {
    expect(await faultsOf('delivery', { [path]: value })).toEqual([`schema.value ${path}`]);
  });

  test('inside lists, and where a choice of maps is due', async () => {
    expect(await faultsOf('delivery', { inspectedScope: [new Uint8Array(2), new Map([[1, 2]])] })).toEqual([
      'schema.value inspectedScope[0]',
      'schema.value inspectedScope[1]',
    ]);
    expect(await faultsOf('sensor-batch', { recording: new Uint8Array(0) })).toEqual([
      'schema.value recording',
    ]);
  });

  test('in an extension it is nobody’s affair', async () => {
    expect(await faultsOf('delivery', { x: { inner: new Map([[1, 2]]) } })).toEqual([]);
  });
});
