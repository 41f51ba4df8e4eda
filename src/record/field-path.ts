import { isPlainMap } from './plain-value.js';

/** Keys and indexes from the payload's root. Key 0, the revision, is the one integer key. */
export type FieldPath = readonly (string | number)[];

/** `a.b[0].c`. A key that is no plain word is quoted and cut, for it may come from an opponent. */
export function formatPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step.length > 32 ? `${step.slice(0, 32)}…` : step)}]`;
  }
  return text;
}

/** Undoes `formatPath` for paths of plain words and indexes: what the types' own rules write. */
export function parsePath(text: string): FieldPath {
  const path: (string | number)[] = [];
  for (const [, key, index] of text.matchAll(/([A-Za-z][A-Za-z0-9-]*)|\[(\d+)\]/g)) {
    path.push(key ?? Number(index));
  }
  return path;
}

const knownPatterns = new Map<string, readonly (string | null)[]>();

/** Steps of a pattern such as `a.b[].c`: keys, and null for any index. Patterns are the types' own, so few. */
function patternSteps(pattern: string): readonly (string | null)[] {
  let steps = knownPatterns.get(pattern);
  if (steps === undefined) {
    steps = pattern.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), null] : [part]));
    knownPatterns.set(pattern, steps);
  }
  return steps;
}

export function matchesPattern(pattern: string, path: FieldPath): boolean {
  const steps = patternSteps(pattern);
  return (
    steps.length === path.length &&
    steps.every((step, i) => (step === null ? typeof path[i] === 'number' : step === path[i]))
  );
}

/** Every place in the value that fits the pattern and holds something. */
export function placesOf(value: unknown, pattern: string): FieldPath[] {
  const [first] = patternSteps(pattern);
  // Most records have nothing at most private places.
  if (typeof first === 'string' && isPlainMap(value) && value[first] === undefined) return [];
  let places: { path: (string | number)[]; value: unknown }[] = [{ path: [], value }];
  for (const step of patternSteps(pattern)) {
    const next: typeof places = [];
    for (const place of places) {
      if (step === null) {
        if (!Array.isArray(place.value)) continue;
        for (const [index, item] of place.value.entries())
          next.push({ path: [...place.path, index], value: item });
      } else if (
        isPlainMap(place.value) &&
        Object.hasOwn(place.value, step) &&
        place.value[step] !== undefined
      ) {
        next.push({ path: [...place.path, step], value: place.value[step] });
      }
    }
    places = next;
  }
  return places.map(({ path }) => path);
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof step === 'number') {
      if (!Array.isArray(current) || !Object.hasOwn(current, step)) return undefined;
      current = current[step];
    } else {
      if (!isPlainMap(current) || !Object.hasOwn(current, step)) return undefined;
      current = current[step];
    }
  }
  return current;
}

/** A copy in which other values stand at some places; everything else is shared. The places exist. */
export function withValues(value: unknown, changes: readonly { path: FieldPath; value: unknown }[]): unknown {
  if (changes.length === 0) return value;
  const whole = changes.find(({ path }) => path.length === 0);
  if (whole !== undefined) return whole.value;
  const byStep = new Map<string | number, { path: FieldPath; value: unknown }[]>();
  for (const { path, value: changed } of changes) {
    const step = path[0]!;
    const below = byStep.get(step);
    const entry = { path: path.slice(1), value: changed };
    if (below === undefined) byStep.set(step, [entry]);
    else below.push(entry);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => withValues(item, byStep.get(index) ?? []));
  }
  if (!isPlainMap(value)) throw new TypeError('the path leads through a value that is no map or list');
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) copy[key] = withValues(value[key], byStep.get(key) ?? []);
  return copy;
}
