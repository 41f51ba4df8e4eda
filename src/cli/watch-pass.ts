import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TrustFile } from '../credential/trust-file.js';
import { GoodOrderError } from '../errors.js';
import { deriveFacts } from '../facts/derive-facts.js';
import type { Dispute } from '../finding/dispute.js';
import { find, scopeOf } from '../finding/finding.js';
import { type PayoutTable, type TriggerEvent, triggerEvents } from '../finding/parametric-trigger.js';
import { type OutcomeEvent, outcomeEvents, type ToldOutcome } from '../finding/watch-outcomes.js';
import type { Pack } from '../rules/pack.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { verifyPassport } from '../verify/verify-passport.js';
import type { Io } from './io.js';
import { unreadablePassport } from './pick-record.js';
import { expandEach, readInput } from './read-input.js';
import { scopeWithout } from './scope-without-dispute.js';

/** One line that `watch` tells, with the file that held the deciding record. */
export type WatchEvent = (TriggerEvent | OutcomeEvent) & {
  readonly schemaVersion: 1;
  readonly passport: string;
  readonly file: string;
};

export interface WatchQuestion {
  readonly inputs: readonly string[];
  readonly trust: TrustFile | null;
  readonly at: () => number;
  readonly dispute: Dispute | null;
  readonly packs: readonly Pack[];
  readonly table: PayoutTable | null;
}

/** What there is to read now, and what stands in the way of some of it. */
export interface Looked {
  readonly events: readonly WatchEvent[];
  readonly problems: readonly GoodOrderError[];
}

interface Seen {
  readonly name: string;
  readonly passport: VerifiedPassport;
}

/** Names, sizes and times of all inputs: while they are the same there is nothing new to look at. */
export async function glance({ inputs }: WatchQuestion, io: Io): Promise<string> {
  const files = await expandEach(inputs, '.passport', io);
  const parts = await Promise.all(
    files.map(async ({ name, problem }) => {
      const status = problem === null ? await stat(resolve(io.cwd, name)).catch(() => null) : null;
      return status === null ? `${name} -` : `${name} ${status.mtimeMs} ${status.size} ${status.ino}`;
    }),
  );
  return parts.join('\n');
}

/**
 * Reads and verifies all inputs and computes what follows from them. A file that cannot be read whole is a problem, not
 * an end: somebody may be writing it. Nothing follows from a passport that fails verification.
 */
export async function look(
  question: WatchQuestion,
  told: (edge: string) => ToldOutcome | undefined,
  io: Io,
): Promise<Looked> {
  const problems: GoodOrderError[] = [];
  const seen: Seen[] = [];
  for (const { name, problem } of await expandEach(question.inputs, '.passport', io)) {
    try {
      if (problem !== null) throw problem;
      seen.push({ name, passport: await readWhole(name, question, io) });
    } catch (error) {
      if (!(error instanceof GoodOrderError)) throw error;
      problems.push(error);
    }
  }
  if (seen.length === 0) return { events: [], problems };
  const passports = seen.map(({ passport }) => passport);
  const found: (TriggerEvent | OutcomeEvent)[] = [];
  if (question.table !== null) found.push(...triggered(question, question.table, passports));
  if (question.dispute !== null) {
    try {
      found.push(...outcomeEvents(find(passports, question.dispute, question.packs), told));
    } catch (error) {
      // Evidence that comes in later may contradict the dispute; until somebody mends that there is no finding.
      if (!(error instanceof GoodOrderError)) throw error;
      problems.push(error);
    }
  }
  return { events: found.map((event) => withFile(event, seen)), problems };
}

async function readWhole(name: string, { at, trust }: WatchQuestion, io: Io): Promise<VerifiedPassport> {
  const passport = await verifyPassport((await readInput(name, io)).bytes, { trust, at: at() });
  if (passport.item === '') {
    const fault = passport.diagnostics.find(({ axis }) => axis === 'integrity');
    if (fault !== undefined) throw unreadablePassport(fault, name);
  }
  if (passport.verdict === 'TOTAL-FAILED') {
    const message = `\`${name}\` fails verification: nothing follows from it until a person has looked`;
    throw new GoodOrderError('file.unreadable', message, { file: name });
  }
  return passport;
}

function triggered(
  { dispute }: WatchQuestion,
  table: PayoutTable,
  passports: readonly VerifiedPassport[],
): readonly TriggerEvent[] {
  const facts = deriveFacts(passports, dispute === null ? scopeWithout(passports) : scopeOf(dispute));
  const items = [...new Set(passports.map(({ item }) => item))].sort();
  return items.flatMap((item) => triggerEvents(facts, item, table));
}

function withFile(event: TriggerEvent | OutcomeEvent, seen: readonly Seen[]): WatchEvent {
  const holds = ({ passport }: Seen): boolean => passport.records.some(({ id }) => id === event.records[0]);
  const { name, passport } = seen.find(holds) ?? seen[0]!;
  return { schemaVersion: 1, ...event, passport: passport.digest, file: name };
}
