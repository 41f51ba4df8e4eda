import { plural } from '../name-text.js';
import type { Language } from './code-label.js';

export interface PackTestWords {
  readonly asExpected: string;
  otherwise(points: number): string;
  readonly notPlayed: string;
}

export const PACK_TEST_WORDS: Readonly<Record<Language, PackTestWords>> = {
  en: {
    asExpected: 'comes out as it says',
    otherwise: (points) => `comes out otherwise on ${plural(points, 'point')}`,
    notPlayed: 'cannot be played',
  },
  zh: {
    asExpected: '结果与所述一致',
    otherwise: (points) => `结果有 ${points} 处与所述不一致`,
    notPlayed: '无法推演',
  },
};
