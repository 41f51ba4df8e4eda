import type { Condition } from './condition.js';
import type { PackSource } from './pack-source.js';
import { readSentence } from './sentences.js';
import { PARTY_WORDS } from './terms.js';

/** Combinators nest at most this deep. */
const MAX_NESTING = 16;

/** A condition as an author writes it: a sentence, or a map naming a combinator. */
function loadCondition(source: PackSource, nesting = 0): Condition {
  if (nesting > MAX_NESTING) source.fail(`conditions nest deeper than ${MAX_NESTING}`);
  if (!source.isMap()) return loadSentence(source);
  const keys = source.entries();
  const inside = (one: PackSource): Condition => loadCondition(one, nesting + 1);
  if (keys.has('all')) return { op: 'all', of: loadParts(source.fields(['all']).get('all')!, inside) };
  if (keys.has('any')) return { op: 'any', of: loadParts(source.fields(['any']).get('any')!, inside) };
  if (keys.has('not')) return { op: 'not', of: inside(source.fields(['not']).get('not')!) };
  if (keys.has('shown')) {
    const fields = source.fields(['shown', 'by']);
    return { op: 'shown', of: inside(fields.get('shown')!), by: fields.get('by')!.word(PARTY_WORDS) };
  }
  if (keys.has('some') || keys.has('every')) {
    const op = keys.has('some') ? 'some' : 'every';
    const fields = source.fields([op, 'is']);
    return { op, over: fields.get(op)!.word(['leg']), of: inside(fields.get('is')!) };
  }
  if (keys.has('count')) {
    const fields = source.fields(['count', 'at-least', 'is']);
    return {
      op: 'count',
      over: fields.get('count')!.word(['leg']),
      atLeast: fields.get('at-least')!.integer(1, 1_000),
      of: inside(fields.get('is')!),
    };
  }
  return source.fail('expected a sentence or one of `all`, `any`, `not`, `shown`, `some`, `every`, `count`');
}

function loadParts(source: PackSource, inside: (one: PackSource) => Condition): readonly Condition[] {
  const parts = source.list().map(inside);
  if (parts.length === 0) source.fail('expected at least one condition');
  return parts;
}

function loadSentence(source: PackSource): Condition {
  const reading = readSentence(source.text());
  if (reading.ok) return reading.condition;
  return source.fail(
    reading.message,
    reading.fault === 'ambiguous' ? 'pack.ambiguous-sentence' : 'pack.unknown-sentence',
  );
}

/** The conditions of an `if` or `unless`: a list, or one. */
export function loadConditions(source: PackSource | undefined): readonly Condition[] {
  return source === undefined ? [] : source.listOrOne().map((one) => loadCondition(one));
}
