import { toBase64url } from '../../../src/codec/base64url.js';
import { encodeCbor } from '../../../src/codec/cbor.js';
import { compareBytes, fromHex, toHex, utf8Bytes } from '../../../src/codec/hex.js';
import { readTrustFile } from '../../../src/credential/trust-file.js';
import { GoodOrderError } from '../../../src/errors.js';
import { buildLog, logVerifierKey, witnessVerifierKey } from '../../../src/log/build-log.js';
import { cosign } from '../../../src/log/cosignature.js';
import { parseLogPolicy } from '../../../src/log/log-policy.js';
import { evaluateNote } from '../../../src/log/note-time.js';
import { quorumTime } from '../../../src/log/quorum.js';
import { encodeReceipt, isReceiptFault, readReceipt } from '../../../src/log/receipt.js';
import { signNote } from '../../../src/log/signed-note.js';
import { inclusionPath, verifyInclusion } from '../../../src/merkle/inclusion.js';
import { MerkleTree } from '../../../src/merkle/merkle-tree.js';
import { leafHash, merkleRoot } from '../../../src/merkle/tree.js';
import {
  AT,
  hashOf,
  ITEM,
  LOG,
  logPolicy,
  Story,
  seedOf,
  T0,
  WITNESSES,
  witnessedAt,
} from '../../verify/story.js';
import { base64, type VectorCase, type VectorFile } from '../vector-file.js';

const hash = (text: string): Uint8Array => fromHex(hashOf(text));

export function merkleFile(): VectorFile {
  const cases: VectorCase[] = [];
  for (const size of [0, 1, 2, 3, 4, 5, 7, 8, 13]) {
    const leaves = Array.from({ length: size }, (_, index) => hash(`leaf ${index}`));
    const root = merkleRoot(leaves);
    cases.push({ name: `root of ${size}`, leaves: leaves.map(toHex), root: toHex(root) });
    const tree = MerkleTree.of(leaves);
    for (const index of new Set([0, size >> 1, size - 1])) {
      if (index < 0 || index >= size) continue;
      const path = inclusionPath(tree, index, size);
      const proof = { index, size, leafHash: leafHash(leaves[index]!), path, root };
      const attempts = [
        ['leaf', proof],
        ['leaf, told as the next index', { ...proof, index: index + 1 }],
        ['leaf, told as of a larger tree', { ...proof, size: size + 1 }],
        ['leaf, with one hash too many', { ...proof, path: [...path, hash('more')] }],
        ['leaf, with one hash too few', { ...proof, path: path.slice(1) }],
        ['leaf data for its hash', { ...proof, leafHash: leaves[index]! }],
      ] as const;
      for (const [what, attempt] of attempts) {
        cases.push({
          name: `${what}: ${index} of ${size}`,
          index: attempt.index,
          size: attempt.size,
          leafHash: toHex(attempt.leafHash),
          path: attempt.path.map(toHex),
          root: toHex(root),
          holds: verifyInclusion(attempt),
        });
      }
    }
  }
  return {
    name: 'merkle',
    about: 'Tree hashes over leaf data, and inclusion proofs (log.md). `holds` says whether the proof does.',
    cases,
  };
}

/** Notes as bytes; most are the log's own, changed. */
function notes(): Readonly<Record<string, Uint8Array>> {
  const log = buildLog(LOG, [hashOf('genesis'), hashOf('a')]);
  const good = log.checkpoint(witnessedAt(T0, 30));
  const text = new TextDecoder().decode(good);
  const root = text.split('\n')[2]!;
  const edit = (from: string | RegExp, to: string): Uint8Array => utf8Bytes(text.replace(from, to));
  const own = (checkpoint: string): Uint8Array => signNote(checkpoint, LOG);
  const one = (time: number): Uint8Array => log.checkpoint([{ ...WITNESSES[0], time }]);
  const stranger = { name: 'stranger.example', seed: seedOf('stranger') };
  return {
    'good, two witnesses': good,
    'good, no witness': log.checkpoint(),
    'one witness': one(T0),
    'a witness twice, at two times': cosign(one(T0 + 60), { ...WITNESSES[0], time: T0 }),
    'a witness at time 0': log.checkpoint([
      { ...WITNESSES[0], time: 0 },
      { ...WITNESSES[1], time: T0 },
    ]),
    'a witness after `at`': log.checkpoint([
      { ...WITNESSES[0], time: T0 },
      { ...WITNESSES[1], time: AT + 1 },
    ]),
    'a witness that nobody knows': cosign(good, { ...stranger, time: T0 }),
    'another log': buildLog(stranger, [hashOf('genesis')]).checkpoint(witnessedAt(T0)),
    'the log’s key over another origin': signNote(
      text.slice(0, text.indexOf('\n\n') + 1).replace(LOG.name, 'log.example/two'),
      LOG,
    ),
    'a known line that fails': edit(
      root,
      root.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    ),
    'with an extension line': own(`${LOG.name}\n1\n${root}\nmore\n`),
    'a subject answer': log.subjectAnswer(ITEM, [hashOf('a')], witnessedAt(T0)),
    'an answer about nothing': log.subjectAnswer(ITEM, []),
    empty: new Uint8Array(0),
    'no signatures': utf8Bytes(`${LOG.name}\n1\n${root}\n`),
    'nothing after the empty line': utf8Bytes(`${LOG.name}\n1\n${root}\n\n`),
    'no newline at the end': good.slice(0, -1),
    'carriage returns': edit('\n', '\r\n'),
    'a tab': edit(LOG.name, 'log\texample'),
    'ill-formed UTF-8': Uint8Array.of(0xff, ...good),
    'a hyphen for the dash': edit('— ', '- '),
    'two spaces': edit('— ', '—  '),
    'base64 without padding': edit(/=+\n$/, '\n'),
    'a signature of four bytes': utf8Bytes(`${LOG.name}\n1\n${root}\n\n— x AAAAAA==\n`),
    'a name with a plus': utf8Bytes(`${LOG.name}\n1\n${root}\n\n— a+b AAAAAAA=\n`),
    '101 signatures': utf8Bytes(`${LOG.name}\n1\n${root}\n\n${'— x AAAAAAA=\n'.repeat(101)}`),
    '100 signatures': utf8Bytes(`${LOG.name}\n1\n${root}\n\n${'— x AAAAAAA=\n'.repeat(100)}`),
    'two lines of text': own(`${LOG.name}\n1\n`),
    'an empty origin': own(`\n1\n${root}\n`),
    'size with a leading zero': own(`${LOG.name}\n01\n${root}\n`),
    'size with a sign': own(`${LOG.name}\n+1\n${root}\n`),
    'size of 2^53': own(`${LOG.name}\n9007199254740992\n${root}\n`),
    'size of 2^53 − 1': own(`${LOG.name}\n9007199254740991\n${root}\n`),
    'root of 31 bytes': own(`${LOG.name}\n1\n${base64(new Uint8Array(31))}\n`),
    'an empty extension line': own(`${LOG.name}\n1\n${root}\n\nmore\n`),
    'an answer of five lines': own(`goodorder-subject/1\n${LOG.name}\n1\n${root}\n1\n`),
    'an answer with a count beyond its size': own(
      `goodorder-subject/1\n${LOG.name}\n1\n${root}\n2\n${root}\n`,
    ),
    'an answer with a wrong subject': own(`goodorder-subject/1\n${LOG.name}\n1\nx\n1\n${root}\n`),
  };
}

export function notesFile(): VectorFile {
  const policyText = logPolicy();
  const policy = parseLogPolicy(policyText);
  const cases = Object.entries(notes()).map(([name, bytes]): VectorCase => {
    const note = evaluateNote(bytes, policy, { at: AT });
    const findings = note.diagnostics.map(({ code, offset }) => ({
      code,
      ...(code === 'note.malformed' ? { offset } : {}),
    }));
    const said = note.statement === null ? {} : { statement: note.statement.kind, origin: note.origin };
    return {
      name,
      note: base64(bytes),
      hash: note.hash,
      status: note.status,
      ...said,
      time: note.time,
      findings,
    };
  });
  return {
    name: 'notes',
    about: `Notes in base64 against one policy at ${AT} (log.md): hash, status, time and findings. The policy: ${JSON.stringify(policyText)}`,
    cases,
  };
}

export function receiptsFile(): VectorFile {
  const id = hash('id');
  const note = hash('note');
  const tokens = [hash('t1'), hash('t2')].sort(compareBytes);
  const values: Readonly<Record<string, Uint8Array>> = {
    good: encodeReceipt({ id: hashOf('id'), index: 0, path: [], note: hashOf('note'), tokens: [] }),
    'with path and tokens': encodeCbor([id, 5, [hash('p')], note, tokens]),
    'four elements': encodeCbor([id, 0, [], note]),
    'id of 31 bytes': encodeCbor([id.slice(1), 0, [], note, []]),
    'index is negative': encodeCbor([id, -1, [], note, []]),
    'index is 2^53': encodeCbor([id, 2n ** 53n, [], note, []]),
    'path of 53': encodeCbor([id, 0, Array.from({ length: 53 }, () => note), note, []]),
    'path of 54': encodeCbor([id, 0, Array.from({ length: 54 }, () => note), note, []]),
    'path of 31 bytes': encodeCbor([id, 0, [note.slice(1)], note, []]),
    'tokens out of order': encodeCbor([id, 0, [], note, [...tokens].reverse()]),
    'a token twice': encodeCbor([id, 0, [], note, [tokens[0]!, tokens[0]!]]),
    '17 tokens': encodeCbor([
      id,
      0,
      [],
      note,
      Array.from({ length: 17 }, (_, i) => Uint8Array.of(i, ...new Uint8Array(31))),
    ]),
    'a map': encodeCbor(new Map()),
    'not shortest': fromHex('1801'),
    empty: new Uint8Array(0),
  };
  return {
    name: 'receipts',
    about: 'Receipt elements in hex, read alone (log.md): accepted, or the offset of `receipt.malformed`.',
    cases: Object.entries(values).map(([name, bytes]) => {
      const read = readReceipt(bytes);
      const result = isReceiptFault(read) ? { ok: false, offset: read.offset ?? 0 } : { ok: true };
      return { name, hex: toHex(bytes), ...result };
    }),
  };
}

const log = (name: string): string => logVerifierKey({ name, seed: seedOf(name) });
const witness = (name: string): string => witnessVerifierKey({ name, seed: seedOf(name) });

export function policiesFile(): VectorFile {
  const three = `witness A ${witness('a')}\nwitness B ${witness('b')}\nwitness C ${witness('c')}\n`;
  const texts: Readonly<Record<string, string>> = {
    'one witness': `log ${log('l')}\nwitness A ${witness('a')}\nquorum A\n`,
    'no quorum asked for': `log ${log('l')}\nquorum none`,
    'two of three': `log ${log('l')}\n${three}group g 2 A B C\nquorum g\n`,
    'any of three': `log ${log('l')}\n${three}group g any A B C\nquorum g\n`,
    'all of three, with comments and tabs': `# x\n\tlog\t${log('l')} https://l.example/\n${three} group g all A B C\n\nquorum g`,
    'nested groups': `${three}witness D ${witness('d')}\ngroup g 2 A B\ngroup h any C D\ngroup i all g h\nquorum i\n`,
    'no quorum line': `log ${log('l')}\n`,
    'two quorum lines': 'quorum none\nquorum none\n',
    'an unknown word': 'logs x\nquorum none\n',
    'an unknown name': `witness A ${witness('a')}\nquorum B\n`,
    'a name before its line': `group g any A\nwitness A ${witness('a')}\nquorum g\n`,
    'a name twice': `witness A ${witness('a')}\nwitness A ${witness('b')}\nquorum A\n`,
    'a witness named none': `witness none ${witness('a')}\nquorum none\n`,
    'a member twice': `${three}group g 2 A A\nquorum g\n`,
    'a member of two groups': `${three}group g any A B\ngroup h any A C\nquorum g\n`,
    'a threshold of 0': `${three}group g 0 A B\nquorum g\n`,
    'a threshold beyond the members': `${three}group g 3 A B\nquorum g\n`,
    'a threshold with a leading zero': `${three}group g 01 A B\nquorum g\n`,
    'a key twice': `witness A ${witness('a')}\nwitness B ${witness('a')}\nquorum A\n`,
    'a key as log and witness': `log ${log('a')}\nwitness A ${witness('a')}\nquorum A\n`,
    'a log with a witness’s key': `log ${witness('a')}\nquorum none\n`,
    'a witness with a log’s key': `witness A ${log('a')}\nquorum A\n`,
    'a key id that is not the key’s': `log ${log('l').replace(/\+[0-9a-f]{8}\+/, '+00000000+')}\nquorum none\n`,
    'a carriage return': `log ${log('l')}\r\nquorum none\r\n`,
    'a log line with four words': `log ${log('l')} https://l.example/ more\nquorum none\n`,
  };
  const keys = ['a', 'b', 'c', 'd'].map((name) => witness(name));
  const cases = Object.entries(texts).map(([name, policy]): VectorCase => {
    try {
      const { logs, witnesses, quorum } = parseLogPolicy(policy);
      const times = new Map(
        witnesses.map(({ key }) => [toHex(key.publicKey), 100 * (keys.indexOf(vkeyOf(key.name)) + 1)]),
      );
      return {
        name,
        policy,
        ok: true,
        logs: logs.length,
        witnesses: witnesses.length,
        timeIfAllSpoke: quorumTime(quorum, times),
        timeIfFirstIsSilent: quorumTime(quorum, new Map([...times].slice(1))),
      };
    } catch (error) {
      if (!(error instanceof GoodOrderError)) throw error;
      return { name, policy, ok: false, code: error.code };
    }
  });
  return {
    name: 'policies',
    about:
      'Log policies (log.md). With times 100, 200, 300, 400 for the witnesses whose keys are named a, b, c, d: the quorum’s [lower, upper], all of them or without the policy’s first.',
    cases,
  };
}

const vkeyOf = (name: string): string => witness(name);

export function trustFilesFile(): VectorFile {
  const story = new Story();
  const good = JSON.parse(story.trustText()) as Record<string, unknown> & {
    readonly authorities: readonly Record<string, unknown>[];
  };
  const [authority] = good.authorities as [Record<string, unknown>];
  const put = (change: Record<string, unknown>): string => JSON.stringify({ ...good, ...change });
  const who = (change: Record<string, unknown>): string =>
    put({ authorities: [{ ...authority, ...change }] });
  const without = (name: string): string =>
    JSON.stringify(Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)));
  const weak = toBase64url(fromHex(`a301012006215820${'00'.repeat(32)}`));
  const revoked = { kid: hashOf('x'), suspectFrom: '2026-01-01T00:00:00Z' };
  const texts: Readonly<Record<string, string>> = {
    good: story.trustText(),
    'without logs, tsas and revoked': JSON.stringify({ ...good, logs: undefined, revoked: undefined }),
    'logs of white space': put({ logs: ' \n' }),
    'no authorities': put({ authorities: [] }),
    'a revoked key': put({ revoked: [revoked] }),
    'time stamping authorities': put({
      tsas: [{ certificates: ['AAAA'] }, { certificates: ['AAAA'], accuracyDefaultS: 0 }],
    }),
    'roles in any order': who({ roles: ['seller', 'carrier', 'seller'] }),
    subjects: who({ subjects: ['https://id.gs1.org/01/', 'urn:uuid:'] }),
    'no JSON': 'trust: none',
    'a member twice': story.trustText().replace('{', '{"format":1,'),
    'an unknown member': put({ crown: true }),
    'an unknown member of an authority': who({ crown: true }),
    'no format': without('format'),
    'no name': without('name'),
    'no sequence': without('sequence'),
    'no authorities member': without('authorities'),
    'format 2': put({ format: 2 }),
    'an empty name': put({ name: '' }),
    'a fraction for a sequence': put({ sequence: 1.5 }),
    'a negative sequence': put({ sequence: -1 }),
    'issued without an offset': put({ issued: '2026-08-28T00:00:00' }),
    'nextUpdate before issued': put({ nextUpdate: '2020-01-01T00:00:00Z' }),
    'a party that is none': who({ party: 'https://example.com/' }),
    'a party of another key': who({ party: `urn:goodorder:key:${'0a'.repeat(32)}` }),
    'a key of small order': who({ key: weak }),
    'a key with padding': who({ key: `${String(authority['key'])}=` }),
    'a key of an unknown type': who({ key: toBase64url(encodeCbor(new Map<number, number>([[1, 7]]))) }),
    'an unknown role': who({ roles: ['king'] }),
    'mayDelegate 4': who({ mayDelegate: 4 }),
    'subjects out of order': who({ subjects: ['urn:uuid:', 'https://id.gs1.org/01/'] }),
    'until before from': who({ until: '1970-01-01T00:00:00Z' }),
    'a key twice': put({ authorities: [authority, authority] }),
    'an authority’s key as a log’s': put({
      logs: `log ${logVerifierKey({ name: 'l', seed: seedOf('authority') })}\nquorum none\n`,
    }),
    'a policy that is none': put({ logs: 'quorum' }),
    'a key revoked twice': put({ revoked: [revoked, revoked] }),
    'a revoked kid in capitals': put({ revoked: [{ ...revoked, kid: 'AB'.repeat(32) }] }),
    'no certificates': put({ tsas: [{ certificates: [] }] }),
    'accuracy of more than a day': put({ tsas: [{ certificates: ['AAAA'], accuracyDefaultS: 86_401 }] }),
  };
  const cases = Object.entries(texts).map(([name, text]): VectorCase => {
    try {
      const { digest, sequence, issued, nextUpdate, authorities, revoked: lost } = readTrustFile(text);
      const kids = authorities.map(({ kid }) => kid);
      return {
        name,
        text,
        ok: true,
        sha256: digest,
        sequence,
        issued,
        nextUpdate,
        kids,
        revoked: Object.fromEntries(lost),
      };
    } catch (error) {
      if (!(error instanceof GoodOrderError)) throw error;
      return { name, text, ok: false, code: error.code };
    }
  });
  return { name: 'trust-files', about: 'Trust files (credential.md): what they say, or the code.', cases };
}
