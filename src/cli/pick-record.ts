import type { Diagnostic } from '../diagnostic.js';
import { GoodOrderError } from '../errors.js';
import type { VerifiedRecord } from '../verify/verified-passport.js';

/** One record of a passport as people name it: by its number in the display order, its id, or the start of its id. */
export function pickRecord(records: readonly VerifiedRecord[], which: string): VerifiedRecord {
  const byNumber = /^\d{1,6}$/.test(which) ? records.filter(({ number }) => String(number) === which) : [];
  // Of an id at least four digits: fewer are a slip of the hand.
  const byId = /^[0-9a-f]{4,64}$/.test(which) ? records.filter(({ id }) => id.startsWith(which)) : [];
  const found = byNumber.length > 0 ? byNumber : byId;
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new GoodOrderError(
    'cli.not-found',
    found.length === 0
      ? `the passport has no record \`${which}\`: name it by its number, or by four or more digits of its id`
      : `the ids of ${found.length} records begin with \`${which}\``,
  );
}

export function unreadablePassport({ code, offset }: Diagnostic, file: string): GoodOrderError {
  const place = offset === undefined ? { file } : { file, offset };
  return new GoodOrderError(code, 'this is not a passport that can be read', place);
}
