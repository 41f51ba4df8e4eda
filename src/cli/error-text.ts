import { GoodOrderError, type Place } from '../errors.js';
import { visibleText } from '../report/visible-text.js';

/** `file:line:column`, `record 12ab…`, `byte 40`: as much of the place as is known. */
function placeText(place: Place): string {
  const parts: string[] = [];
  if (place.file !== undefined) {
    let file = visibleText(place.file);
    if (place.line !== undefined) file += `:${place.line}`;
    if (place.line !== undefined && place.column !== undefined) file += `:${place.column}`;
    parts.push(file);
  } else if (place.line !== undefined) {
    parts.push(
      place.column === undefined ? `line ${place.line}` : `line ${place.line}, column ${place.column}`,
    );
  }
  if (place.record !== undefined) parts.push(`record ${visibleText(place.record.slice(0, 16))}`);
  if (place.path !== undefined && place.path !== '') parts.push(`at \`${visibleText(place.path)}\``);
  if (place.offset !== undefined) parts.push(`byte ${place.offset}`);
  return parts.join(', ');
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly place: Place;
}

export interface ErrorReport {
  readonly schemaVersion: 1;
  readonly error: Problem & {
    /** Where one refusal has several reasons: each with its own place. */
    readonly problems?: readonly Problem[];
  };
}

/** The machine form of an error; the same for every command. */
export function errorReport(error: unknown): ErrorReport {
  const problems = problemsOf(error).map(problemOf);
  return {
    schemaVersion: 1,
    error: { ...problemOf(error), ...(problems.length === 0 ? {} : { problems }) },
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof GoodOrderError)
    return { code: error.code, message: error.message, place: error.place };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), place: {} };
}

/** Errors that one error stands for are its cause. */
function problemsOf(error: unknown): readonly GoodOrderError[] {
  const cause = error instanceof GoodOrderError ? error.cause : undefined;
  return Array.isArray(cause) && cause.every((one) => one instanceof GoodOrderError) ? cause : [];
}

/** Plain lines for people: `goodorder: code: message (place)`, and one for each reason. Never a stack trace. */
export function errorText(error: unknown): string {
  const problems = problemsOf(error).map((one) => `  ${lineOf(problemOf(one))}\n`);
  return `goodorder: ${lineOf(problemOf(error))}\n${problems.join('')}`;
}

/** `code: message (place)`. */
export function errorLine(error: unknown): string {
  return lineOf(problemOf(error));
}

function lineOf({ code, message, place }: Problem): string {
  // A file that the sentence names already is not named twice, unless there is a line to tell.
  const told = place.line === undefined && place.file !== undefined && message.includes(place.file);
  const { file: _file, ...rest } = place;
  const where = placeText(told ? rest : place);
  return `${code}: ${visibleText(message, 2000)}${where === '' ? '' : ` (${where})`}`;
}
