import { toHex } from '../codec/hex.js';
import { GoodOrderError } from '../errors.js';
import type { Quorum } from './quorum.js';
import {
  NOTE_COSIGNATURE,
  NOTE_ED25519,
  NOTE_ML_DSA_COSIGNATURE,
  parseVerifierKey,
  type VerifierKey,
} from './verifier-key.js';

/** A witness of the policy. `publicKey` is what a quorum counts. */
export interface PolicyWitness {
  readonly name: string;
  readonly key: VerifierKey;
}

/** Whom a verifier believes about logs (C2SP tlog-policy). */
export interface LogPolicy {
  /** A log's key name is its checkpoints' origin. */
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: Quorum;
}

/** No log is known and no quorum can be met. */
export const NO_LOGS: LogPolicy = { logs: [], witnesses: [], quorum: { kind: 'none' } };

/** Whether notes can be evaluated against the policy only with a verifier of ML-DSA-44 signatures. */
export function needsMlDsa({ witnesses }: LogPolicy): boolean {
  return witnesses.some(({ key }) => key.type === NOTE_ML_DSA_COSIGNATURE);
}

// The format asks for at least 32 of each; without an upper bound a chain of groups could exhaust the stack.
const MAX_EACH = 256;
const MAX_POLICY_LENGTH = 1_000_000;

interface Draft {
  readonly logs: VerifierKey[];
  readonly witnesses: PolicyWitness[];
  readonly names: Map<string, Quorum>;
  readonly members: Set<string>;
  readonly publicKeys: Set<string>;
  readonly keyIds: Set<string>;
  groups: number;
  quorum: Quorum | null;
}

/**
 * Reads the text of a policy. Throws `trust.malformed` with the line and column in it. Narrower than the format in one
 * point: a public key may stand in it once, whether as log or as witness and under whatever name, because a type 04
 * cosignature does not sign its cosigner's name and would count twice.
 */
export function parseLogPolicy(text: string): LogPolicy {
  if (text.length > MAX_POLICY_LENGTH) {
    throw refusal(1, 1, `a log policy has at most ${MAX_POLICY_LENGTH} characters`);
  }
  const draft: Draft = {
    logs: [],
    witnesses: [],
    names: new Map(),
    members: new Set(),
    publicKeys: new Set(),
    keyIds: new Set(),
    groups: 0,
    quorum: null,
  };
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const control = controlCharacter(line);
    if (control >= 0) {
      throw refusal(index + 1, control + 1, 'a control character other than tab and newline');
    }
    readLine(draft, items(line), index + 1);
  }
  if (draft.quorum === null) {
    throw refusal(lines.length, 1, 'a log policy has one `quorum` line');
  }
  return { logs: draft.logs, witnesses: draft.witnesses, quorum: draft.quorum };
}

interface Item {
  readonly text: string;
  readonly column: number;
}

function readLine(draft: Draft, words: readonly Item[], line: number): void {
  const [keyword, ...rest] = words;
  if (keyword === undefined || keyword.text.startsWith('#')) {
    return;
  }
  switch (keyword.text) {
    case 'log':
      readLog(draft, keyword, rest, line);
      return;
    case 'witness':
      readWitness(draft, keyword, rest, line);
      return;
    case 'group':
      readGroup(draft, keyword, rest, line);
      return;
    case 'quorum':
      readQuorum(draft, keyword, rest, line);
      return;
    default:
      throw refusal(line, keyword.column, `unknown keyword \`${keyword.text}\``);
  }
}

function readLog(draft: Draft, keyword: Item, [vkey, , extra]: readonly Item[], line: number): void {
  if (vkey === undefined || extra !== undefined) {
    throw refusal(line, (extra ?? keyword).column, 'a log line is `log <vkey> [<url>]`');
  }
  if (draft.logs.length === MAX_EACH) {
    throw refusal(line, keyword.column, `more than ${MAX_EACH} logs`);
  }
  const key = readKey(draft, vkey, line);
  if (key.type !== NOTE_ED25519) {
    throw refusal(line, vkey.column, `a log signs with signature type 1, not ${key.type}`);
  }
  draft.logs.push(key);
}

function readWitness(
  draft: Draft,
  keyword: Item,
  [name, vkey, , extra]: readonly Item[],
  line: number,
): void {
  if (name === undefined || vkey === undefined || extra !== undefined) {
    throw refusal(line, (extra ?? keyword).column, 'a witness line is `witness <name> <vkey> [<url>]`');
  }
  if (draft.witnesses.length === MAX_EACH) {
    throw refusal(line, keyword.column, `more than ${MAX_EACH} witnesses`);
  }
  const key = readKey(draft, vkey, line);
  if (key.type !== NOTE_COSIGNATURE && key.type !== NOTE_ML_DSA_COSIGNATURE) {
    throw refusal(line, vkey.column, `a witness signs with signature type 4 or 6, not ${key.type}`);
  }
  define(draft, name, { kind: 'witness', publicKey: toHex(key.publicKey) }, line);
  draft.witnesses.push({ name: name.text, key });
}

function readGroup(
  draft: Draft,
  keyword: Item,
  [name, threshold, ...members]: readonly Item[],
  line: number,
): void {
  if (name === undefined || threshold === undefined || members.length === 0) {
    throw refusal(line, keyword.column, 'a group line is `group <name> <all|any|k> <name>...`');
  }
  if (draft.groups === MAX_EACH) {
    throw refusal(line, keyword.column, `more than ${MAX_EACH} groups`);
  }
  const resolved = members.map((member) => {
    const quorum = resolve(draft, member, line);
    if (draft.members.has(member.text)) {
      throw refusal(line, member.column, `\`${member.text}\` is a member twice`);
    }
    draft.members.add(member.text);
    return quorum;
  });
  define(
    draft,
    name,
    { kind: 'group', threshold: thresholdOf(threshold, resolved.length, line), members: resolved },
    line,
  );
  draft.groups += 1;
}

function readQuorum(draft: Draft, keyword: Item, [name, extra]: readonly Item[], line: number): void {
  if (name === undefined || extra !== undefined) {
    throw refusal(line, (extra ?? keyword).column, 'a quorum line is `quorum <name>`');
  }
  if (draft.quorum !== null) {
    throw refusal(line, keyword.column, 'a second `quorum` line');
  }
  draft.quorum = name.text === 'none' ? { kind: 'none' } : resolve(draft, name, line);
}

function thresholdOf({ text, column }: Item, members: number, line: number): number {
  if (text === 'all') {
    return members;
  }
  if (text === 'any') {
    return 1;
  }
  const threshold = /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0;
  if (threshold < 1 || threshold > members) {
    throw refusal(
      line,
      column,
      `threshold \`${text}\` is not \`all\`, \`any\` or a number from 1 to ${members}`,
    );
  }
  return threshold;
}

function readKey(draft: Draft, { text, column }: Item, line: number): VerifierKey {
  const key = parseVerifierKey(text);
  if ('reason' in key) {
    throw refusal(line, column, key.reason);
  }
  const publicKey = toHex(key.publicKey);
  if (draft.publicKeys.has(publicKey)) {
    throw refusal(line, column, `the public key of \`${key.name}\` is listed twice`);
  }
  const lineId = `${key.name}+${key.keyId}`;
  if (draft.keyIds.has(lineId)) {
    throw refusal(line, column, `two keys share the name and id \`${lineId}\``);
  }
  draft.publicKeys.add(publicKey);
  draft.keyIds.add(lineId);
  return key;
}

function define(draft: Draft, { text, column }: Item, quorum: Quorum, line: number): void {
  if (text === 'none' || draft.names.has(text)) {
    throw refusal(line, column, text === 'none' ? '`none` is predefined' : `\`${text}\` is defined twice`);
  }
  draft.names.set(text, quorum);
}

function resolve(draft: Draft, { text, column }: Item, line: number): Quorum {
  const quorum = draft.names.get(text);
  if (quorum === undefined) {
    throw refusal(line, column, `\`${text}\` is not defined on a line before`);
  }
  return quorum;
}

function items(line: string): Item[] {
  return Array.from(line.matchAll(/[^ \t]+/g), (match) => ({ text: match[0], column: match.index + 1 }));
}

function controlCharacter(line: string): number {
  for (let index = 0; index < line.length; index += 1) {
    const unit = line.charCodeAt(index);
    if ((unit < 0x20 && unit !== 0x09) || unit === 0x7f) {
      return index;
    }
  }
  return -1;
}

function refusal(line: number, column: number, reason: string): GoodOrderError {
  return new GoodOrderError('trust.malformed', `log policy: ${reason}`, { line, column });
}
