import { visibleText } from './visible-text.js';

/** A file name as it can be typed into a shell again. */
export function shellWord(name: string): string {
  const shown = visibleText(name);
  return /^[\w./:@%+=,-]+$/.test(shown) && !shown.startsWith('-')
    ? shown
    : `'${shown.replaceAll("'", "'\\''")}'`;
}
