import type { DoctorCode } from '../../report/labels/doctor-words.js';

/** problem: do not sign before it is mended; warning: see to it; note: good to know. */
export type DoctorLevel = 'problem' | 'warning' | 'note';

export interface DoctorFinding {
  readonly code: DoctorCode;
  readonly level: DoctorLevel;
  /** What the sentence is filled in with. */
  readonly detail: Readonly<Record<string, string>>;
}

const LEVELS: Readonly<Record<DoctorCode, DoctorLevel>> = {
  'doctor.node': 'problem',
  'doctor.clock-unset': 'problem',
  'doctor.clock-back': 'problem',
  'doctor.no-key': 'warning',
  'doctor.key-unreadable': 'problem',
  'doctor.key-mismatch': 'problem',
  'doctor.key-plain': 'note',
  'doctor.mode': 'problem',
  'doctor.key-revoked': 'warning',
  'doctor.key-rotated': 'note',
  'doctor.installation': 'problem',
  'doctor.state': 'problem',
  'doctor.outbox': 'warning',
  'doctor.outbox-damaged': 'warning',
  'doctor.passport-ahead': 'problem',
  'doctor.passport-behind': 'warning',
  'doctor.credential-none': 'warning',
  'doctor.credential-expired': 'problem',
  'doctor.credential-expiring': 'warning',
  'doctor.credential-not-yet': 'warning',
  'doctor.credential-unreadable': 'warning',
  'doctor.leftover': 'note',
};

export function doctorFinding(code: DoctorCode, detail: DoctorFinding['detail'] = {}): DoctorFinding {
  return { code, level: LEVELS[code], detail };
}
