import { GoodOrderError, type Place } from '../errors.js';
import { entryOf, type PositionedValue, positionAt } from '../rules/positioned-value.js';

/** A way into a scenario: `['records', 3, 'payload', 'from']`. */
export type ScenarioPath = readonly (string | number)[];

/** The text a scenario was read from, as far as errors need it: every message names file, line, column and path. */
export class ScenarioSource {
  readonly file: string;
  readonly #root: PositionedValue;

  constructor(root: PositionedValue, file: string) {
    this.#root = root;
    this.file = file;
  }

  place(path: ScenarioPath): Place {
    return { file: this.file, ...positionAt(this.#root, path), path: pathText(path) };
  }

  /** The place of the key itself, for a key that should not be there. */
  placeOfKey(path: ScenarioPath): Place {
    const key = path.at(-1);
    const map = valueAt(this.#root, path.slice(0, -1));
    const entry = map?.kind === 'map' ? map.entries.find((one) => one.key === key) : undefined;
    return entry === undefined ? this.place(path) : { ...this.place(path), ...entry.position };
  }

  /** Something that does not hold together. */
  malformed(message: string, path: ScenarioPath, cause?: unknown): GoodOrderError {
    return new GoodOrderError('scenario.malformed', message, this.place(path), cause);
  }

  /** A key that nobody reads. */
  strayKey(path: ScenarioPath): GoodOrderError {
    const message = `\`${path.at(-1)}\` has no meaning here`;
    return new GoodOrderError('scenario.malformed', message, this.placeOfKey(path));
  }

  unknownName(what: string, name: string, path: ScenarioPath): GoodOrderError {
    return new GoodOrderError(
      'scenario.unknown-name',
      `there is no ${what} named \`${name}\``,
      this.place(path),
    );
  }

  /**
   * The same error with the line on which the value stands. A path inside the error leads on from `path`; an error that
   * already names a file keeps it.
   */
  placed(error: unknown, path: ScenarioPath): unknown {
    if (error instanceof RangeError || error instanceof TypeError)
      return this.malformed(error.message, path, error);
    if (!(error instanceof GoodOrderError) || error.place.file !== undefined) return error;
    const whole = [...path, ...stepsOf(error.place.path ?? '')];
    return new GoodOrderError(error.code, error.message, this.place(whole), error);
  }

  /** Runs work on the value at `path`; whatever goes wrong in it is an error of that place. */
  locate<T>(path: ScenarioPath, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.placed(error, path);
    }
  }

  async locateAsync<T>(path: ScenarioPath, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.placed(error, path);
    }
  }
}

function valueAt(root: PositionedValue, path: ScenarioPath): PositionedValue | undefined {
  let at: PositionedValue | undefined = root;
  for (const step of path) {
    if (at?.kind === 'list' && typeof step === 'number') at = at.items[step];
    else if (at?.kind === 'map' && typeof step === 'string') at = entryOf(at, step);
    else return undefined;
  }
  return at;
}

/** `records[3].payload.from` */
export function pathText(path: ScenarioPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** `a.b[2].c` as steps. */
export function stepsOf(path: string): (string | number)[] {
  return path
    .split('.')
    .flatMap((part) => part.split('['))
    .filter((step) => step !== '')
    .map((step) => (step.endsWith(']') ? Number(step.slice(0, -1)) : step));
}
