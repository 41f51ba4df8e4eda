import { visibleText } from './visible-text.js';

/** A file name as it can be typed into a shell again, and be taken for a file there: `-o` is an option, `./-o` is not. */
export function shellWord(name: string): string {
  const shown = visibleText(name.startsWith('-') && name !== '-' ? `./${name}` : name);
  return /^[\w./:@%+=,-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
