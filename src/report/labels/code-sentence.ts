import type { Code } from '../../codes.js';
import type { Language } from './code-label.js';
import { CODES_EN } from './codes-en.js';
import { CODES_ZH } from './codes-zh.js';

/** The sentence of a code; a code of a newer version is shown as it is. */
export function codeSentence(code: string, language: Language): string {
  const labels = language === 'zh' ? CODES_ZH : CODES_EN;
  return Object.hasOwn(labels, code) ? labels[code as Code] : code;
}
