import { GoodOrderError, type Place } from '../errors.js';
import { visibleText } from '../report/visible-text.js';

/** `file:line:column`, `record 12ab…`, `byte 40`: as much of the place as is known. */
export function placeText(place: Place): string {
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

export interface ErrorReport {
  readonly schemaVersion: 1;
  readonly error: { readonly code: string; readonly message: string; readonly place: Place };
}

/** The machine form of an error; the same for every command. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof GoodOrderError) {
    return { schemaVersion: 1, error: { code: error.code, message: error.message, place: error.place } };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { schemaVersion: 1, error: { code: 'internal', message, place: {} } };
}

/** One plain line for people: `goodorder: code: message (place)`. Never a stack trace. */
export function errorLine(error: unknown): string {
  const { code, message, place } = errorReport(error).error;
  const where = placeText(place);
  return `goodorder: ${code}: ${visibleText(message)}${where === '' ? '' : ` (${where})`}`;
}
