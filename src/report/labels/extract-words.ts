import { plural } from '../name-text.js';
import type { Language } from './code-label.js';

export interface ExtractWords {
  written(files: number): string;
  more(files: number): string;
  readonly unverified: string;
}

export const EXTRACT_WORDS: Readonly<Record<Language, ExtractWords>> = {
  en: {
    written: (files) => `${plural(files, 'file')} written`,
    more: (files) => `and ${files} more`,
    unverified: 'taken out as they stand: goodorder verify says what they are worth',
  },
  zh: {
    written: (files) => `已写出 ${files} 个文件`,
    more: (files) => `另有 ${files} 个`,
    unverified: '仅按原样取出，未作验证；是否可信请用 goodorder verify 查验',
  },
};
