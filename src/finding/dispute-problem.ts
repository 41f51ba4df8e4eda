import type { ToolCode } from '../codes.js';
import { GoodOrderError, type Place } from '../errors.js';
import { type PositionedValue, positionAt } from '../rules/positioned-value.js';

/** Where a dispute's value was written, for messages. */
export interface DisputeSource {
  readonly file?: string;
  readonly positions?: PositionedValue;
}

/** A way into a dispute: `['parties', 0, 'id']`. */
export type DisputePath = readonly (string | number)[];

/** What is wrong at a place of a dispute, in one sentence that begins with the place. */
export function problemOf(
  source: DisputeSource,
  code: ToolCode,
  path: DisputePath,
  what: string,
): GoodOrderError {
  const at = source.positions === undefined ? {} : positionAt(source.positions, path);
  const place: Place = {
    ...(source.file === undefined ? {} : { file: source.file }),
    ...at,
    path: pathText(path),
  };
  const subject = path.length === 0 ? 'the dispute' : `\`${pathText(path)}\``;
  return new GoodOrderError(code, `${subject} ${what}`, place);
}

/** `law.forum`, `parties[0].id`. */
function pathText(path: DisputePath): string {
  let written = '';
  for (const step of path) {
    written += typeof step === 'number' ? `[${step}]` : written === '' ? step : `.${step}`;
  }
  return written;
}
