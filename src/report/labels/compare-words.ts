import type { Language } from './code-label.js';

type Hint = 'likely-copy' | 'alike' | 'no-sign';
type Turned =
  | 'quarter-right'
  | 'half'
  | 'quarter-left'
  | 'mirrored'
  | 'mirrored-quarter-right'
  | 'mirrored-half'
  | 'mirrored-quarter-left';

/** What `media compare` says: never more than a hint. */
export interface CompareWords {
  readonly hint: Readonly<Record<Hint, string>>;
  readonly turn: Readonly<Record<Turned, string>>;
  readonly same: string;
  readonly damaged: string;
  readonly notSigned: string;
  readonly onlyAHint: string;
  bits(distance: number, of: number): string;
  signed(records: string): string;
}

export const COMPARE_WORDS: Readonly<Record<Language, CompareWords>> = {
  en: {
    hint: {
      'likely-copy': 'probably a copy: recompressed or resized',
      alike: 'perhaps a copy that was cut or changed, or the same scene: look at both',
      'no-sign': 'no sign of a copy, which does not show that it is none',
    },
    turn: {
      'quarter-right': 'turned a quarter to the left',
      half: 'upside down',
      'quarter-left': 'turned a quarter to the right',
      mirrored: 'mirrored',
      'mirrored-quarter-right': 'mirrored and turned a quarter',
      'mirrored-half': 'mirrored and upside down',
      'mirrored-quarter-left': 'mirrored and turned a quarter',
    },
    same: 'the same file, byte for byte',
    damaged: 'one of the two files is cut short or damaged, and was compared as far as it can be read',
    notSigned: 'no media record of the passport signed this original',
    onlyAHint:
      'A hint and no evidence: only a file that is the same byte for byte is what was signed. Nothing of this enters a finding.',
    bits: (distance, of) => `${distance} of ${of} bits differ`,
    signed: (records) => `this original is signed in record ${records}`,
  },
  zh: {
    hint: {
      'likely-copy': '很可能是副本：经重新压缩或缩放',
      alike: '可能是经裁剪或改动的副本，也可能是同一场景：请自行比对',
      'no-sign': '没有副本的迹象，但不表明并非副本',
    },
    turn: {
      'quarter-right': '向左旋转四分之一周',
      half: '上下颠倒',
      'quarter-left': '向右旋转四分之一周',
      mirrored: '镜像',
      'mirrored-quarter-right': '镜像并旋转四分之一周',
      'mirrored-half': '镜像并上下颠倒',
      'mirrored-quarter-left': '镜像并旋转四分之一周',
    },
    same: '同一文件，逐字节相同',
    damaged: '两个文件之一不完整或已损坏，仅就可读部分比对',
    notSigned: '护照中没有媒体记录签署过该原件',
    onlyAHint: '仅为线索，并非证据：只有逐字节相同的文件才是当时所签署者。此结果不进入任何认定。',
    bits: (distance, of) => `${of} 位中有 ${distance} 位不同`,
    signed: (records) => `该原件已在记录 ${records} 中签署`,
  },
};
