import type { EdgeChange, EdgeOutcome, Supposition } from '../finding/suppose.js';
import { type PositionedValue, toPlainValue } from '../rules/positioned-value.js';
import type { ExpectedOutcome } from '../scenario/supposed-case.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';

/** An edge that came out otherwise than a saved case says; null where there is none. */
export interface SavedDifference {
  readonly edge: string;
  readonly expected: ExpectedOutcome | null;
  readonly found: Pick<EdgeOutcome, 'status' | 'basis' | 'amount'> | null;
}

/** How the edges differ from those that were saved; an edge that nobody saved differs as well. */
export function differences(
  expected: readonly ExpectedOutcome[],
  edges: readonly EdgeChange[],
): readonly SavedDifference[] {
  const found = new Map(edges.flatMap(({ edge, would }) => (would === null ? [] : [[edge, would] as const])));
  const saved = new Map(expected.map((one) => [one.edge, one]));
  return [...new Set([...saved.keys(), ...found.keys()])].flatMap((edge) => {
    const was = saved.get(edge) ?? null;
    const is = found.get(edge) ?? null;
    const same =
      was !== null &&
      is !== null &&
      was.status === is.status &&
      was.basis === is.basis &&
      was.amount === amountText(is);
    if (same) return [];
    const outcome = is === null ? null : { status: is.status, basis: is.basis, amount: is.amount };
    return [{ edge, expected: was, found: outcome }];
  });
}

function amountText({ amount }: Pick<EdgeOutcome, 'amount'>): string | null {
  return amount === null ? null : `${amount.minor} ${amount.currency}`;
}

/**
 * The case as a file that `what-if --add` reads again: the same records, and what came of them. JSON, which is YAML as
 * well; the comment says what the file is and is not.
 */
export function savedCaseText(
  root: PositionedValue,
  { edges, notice, today }: Supposition,
  passports: readonly VerifiedPassport[],
): string {
  const { expect: _, hypothetical: _marked, ...written } = toPlainValue(root) as Record<string, unknown>;
  const { schema, ...rest } = written;
  const value = {
    schema,
    hypothetical: true,
    ...rest,
    expect: edges.flatMap(({ edge, would }) =>
      would === null ? [] : [{ edge, status: would.status, basis: would.basis, amount: amountText(would) }],
    ),
  };
  return [
    `# ${notice[0]!.toUpperCase()}${notice.slice(1)}.`,
    ...passports.map(({ digest, item }) => `# Asked of the passport ${digest} (${item})`),
    `# in dispute ${today.dispute.digest}; without these records its finding is ${today.digest}.`,
    JSON.stringify(value, null, 2),
    '',
  ].join('\n');
}
