import { add, type Dyadic, multiply, subtract } from './dyadic.js';
import type { Polynomial } from './ide-file.js';

/** The calibrated value of another channel at a time: of its last sample before, or its first. */
export type Reference = (atUs: number) => Dyadic;

const NOTHING: Dyadic = { value: 0n, bits: 0 };

/** The raw number through its channel's polynomial, then through its own: exact. */
export function calibrated(
  raw: Dyadic,
  chain: readonly Polynomial[],
  references: ReadonlyMap<string, Reference>,
  atUs: number,
): Dyadic {
  let value = raw;
  for (const { coefficients, reference, second } of chain) {
    const x = subtract(value, reference);
    if (second === null) {
      let sum = NOTHING;
      for (const coefficient of coefficients) sum = add(multiply(sum, x), coefficient);
      value = sum;
      continue;
    }
    const other = references.get(`${second.channel}.${second.subchannel}`);
    const y = subtract(other === undefined ? second.reference : other(atUs), second.reference);
    const [xy, onlyX, onlyY, constant] = coefficients as readonly [Dyadic, Dyadic, Dyadic, Dyadic];
    value = add(add(multiply(multiply(xy, x), y), multiply(onlyX, x)), add(multiply(onlyY, y), constant));
  }
  return value;
}
