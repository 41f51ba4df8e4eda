import { fromBase64, fromBase64url } from '../../../src/codec/base64url.js';
import { toHex, utf8Bytes } from '../../../src/codec/hex.js';
import { readInstant } from '../../../src/codec/instant.js';
import { parseStrictJson } from '../../../src/codec/strict-json.js';
import { GoodOrderError } from '../../../src/errors.js';
import { parseParty } from '../../../src/subject/party.js';
import { parseSubject } from '../../../src/subject/subject.js';
import { base64, numbered, type VectorCase, type VectorFile } from '../vector-file.js';

const JSON_TEXTS: readonly string[] = [
  '{}',
  ' [1, 2.5, -0, 1e2, true, false, null, "a\\u00e9\\n"]\n',
  '{"a":1,"b":{"a":2}}',
  '9007199254740991',
  '-9007199254740991',
  '1.0',
  '"\\ud83d\\ude0a"',
  `${'['.repeat(63)}1${']'.repeat(63)}`,
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"__proto__":1,"__proto__":2}',
  '9007199254740992',
  '-9007199254740992',
  '1e999',
  '4503599627370497.5000001',
  '1.00000000000000000001',
  '01',
  '1.',
  '.5',
  '+1',
  'NaN',
  '',
  ' ',
  '{} x',
  '{"a":1,}',
  '[1,]',
  "{'a':1}",
  '{a:1}',
  '"a',
  '"\t"',
  '"\\x41"',
  '"\\ud83d"',
  '"\\ude0a\\ud83d"',
  '\ufeff{}',
  '// note\n{}',
  `${'['.repeat(64)}1${']'.repeat(64)}`,
];

export function jsonFile(): VectorFile {
  const name = numbered();
  const given = [
    ...JSON_TEXTS.map(utf8Bytes),
    // Ill-formed UTF-8: a lone byte, an overlong slash, a surrogate.
    Uint8Array.of(0x22, 0xff, 0x22),
    Uint8Array.of(0x22, 0xc0, 0xaf, 0x22),
    Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22),
  ];
  return {
    name: 'strict-json',
    about: 'JSON texts in base64 (encoding.md, Strict JSON): accepted, or the code.',
    cases: given.map((bytes) => ({ name: name('text'), base64: base64(bytes), ...jsonResult(bytes) })),
  };
}

function jsonResult(bytes: Uint8Array): { ok: boolean; code?: string } {
  try {
    parseStrictJson(bytes);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    return { ok: false, code: error.code };
  }
}

const INSTANTS: readonly string[] = [
  '2026-08-28T09:05:00+08:00',
  '2026-08-28T01:05:00Z',
  '2026-08-28T01:05:00+00:00',
  '1970-01-01T00:00:00Z',
  '1969-12-31T23:00:00-01:00',
  '9999-12-31T23:59:59Z',
  '2024-02-29T12:00:00-23:59',
  '2000-02-29T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '9999-12-31T23:59:59-00:01',
  '2026-08-28T09:05:00-00:00',
  '2026-08-28T09:05:00',
  '2026-08-28t09:05:00z',
  '2026-08-28 09:05:00Z',
  '2026-08-28T09:05:00.0Z',
  '2026-08-28T09:05Z',
  '2026-08-28T09:05:60Z',
  '2026-08-28T24:00:00Z',
  '2026-02-29T00:00:00Z',
  '2100-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-08-28T09:05:00+24:00',
  '2026-08-28T09:05:00+08:60',
  '2026-08-28T09:05:00+0800',
  '2026-08-28T09:05:00Z\n',
  '',
];

export function instantsFile(): VectorFile {
  return {
    name: 'instants',
    about: 'Instants in text (encoding.md): seconds UTC and offset in minutes, or null.',
    cases: INSTANTS.map((text) => ({ name: `\`${text}\``, text, instant: readInstant(text) })),
  };
}

const BASE64: readonly string[] = [
  '',
  'QQ',
  'QUI',
  'QUJD',
  '-_8',
  'QQ==',
  'QR',
  'Q',
  'Q Q',
  '+/8',
  'QUI=',
  'QUK',
  'QQ\n',
  'QUJD=',
  '-_8=',
];

export function base64File(): VectorFile {
  const read = (decode: (text: string) => Uint8Array, text: string): string | null => {
    try {
      return toHex(decode(text));
    } catch {
      return null;
    }
  };
  return {
    name: 'base64',
    about: 'Texts as base64 with padding and as base64url without (encoding.md): the bytes in hex, or null.',
    cases: [...BASE64, '+/8='].map((text) => ({
      name: `\`${text}\``,
      text,
      base64: read(fromBase64, text),
      base64url: read(fromBase64url, text),
    })),
  };
}

const ITEM = 'https://id.gs1.org/01/09521234543213/21/';

const SUBJECTS: readonly string[] = [
  `${ITEM}A1`,
  `${ITEM}A%2F1`,
  `${ITEM}%21%22%25%26%27%28%29%2A%2B%2C-.`,
  `${ITEM}a_~`.replace('~', 'Z'),
  `${ITEM}12345678901234567890`,
  `${ITEM}...`,
  'https://id.gs1.org/01/09521234543213/10/L-7',
  'https://id.gs1.org/00/952012345678912345',
  'https://id.gs1.org/402/95201234567891234',
  'https://id.gs1.org/402/95201234567891235',
  'https://id.gs1.org/414/9520123456788',
  'urn:uuid:123e4567-e89b-12d3-a456-426614174000',
  `urn:goodorder:key:${'0a'.repeat(32)}`,
  `${ITEM}.`,
  `${ITEM}..`,
  `${ITEM}%2e%2e`,
  `${ITEM}%2E`,
  'https://id.gs1.org/../01/09521234543213/21/A1',
  'https://id.gs1.org/01/../09521234543213/21/A1',
  'https://id.gs1.org/./',
  'https://id.gs1.org/01/09521234543214/21/A1',
  'https://id.gs1.org/00/952012345678912346',
  'https://id.gs1.org/414/9520123456789',
  `${ITEM}`,
  `${ITEM}123456789012345678901`,
  `${ITEM}A/1`,
  `${ITEM}A%2f1`,
  `${ITEM}%41`,
  `${ITEM}A%`,
  `${ITEM}A%2`,
  `${ITEM}A%zz`,
  `${ITEM}%C3%A9`,
  `${ITEM}A1/`,
  `${ITEM}A1?17=270101`,
  `${ITEM}A1#x`,
  `${ITEM}A b`,
  `${ITEM}A%20b`,
  `${ITEM}A~`,
  `${ITEM}A%23`,
  `${ITEM}é`,
  'https://id.gs1.org/01/9521234543213/21/A1',
  'https://id.gs1.org/01/095212345432130/21/A1',
  'https://id.gs1.org/01/0952123454321x/21/A1',
  'https://id.gs1.org/01/09521234543213',
  'https://id.gs1.org/01/09521234543213/22/A1',
  'https://id.gs1.org/01/09521234543213/21/A1/10/L',
  'https://id.gs1.org/417/9521234543213',
  'https://id.gs1.org/1/9521234543213',
  'https://id.gs1.org/',
  'https://id.gs1.org',
  'http://id.gs1.org/01/09521234543213/21/A1',
  'HTTPS://id.gs1.org/01/09521234543213/21/A1',
  'https://id.gs1.org:443/01/09521234543213/21/A1',
  'https://example.com/01/09521234543213/21/A1',
  'urn:uuid:123E4567-e89b-12d3-a456-426614174000',
  'urn:uuid:123e4567e89b12d3a456426614174000',
  `urn:goodorder:key:${'0A'.repeat(32)}`,
  `urn:goodorder:key:${'0a'.repeat(31)}`,
  'urn:goodorder:lei:529900T8BM49AURSDO55',
  '',
];

const PARTIES: readonly string[] = [
  'https://id.gs1.org/417/9521234543213',
  'urn:goodorder:lei:529900T8BM49AURSDO55',
  'urn:goodorder:uscc:91350100M000100Y43',
  `urn:goodorder:key:${'0a'.repeat(32)}`,
  'https://id.gs1.org/417/9521234543214',
  'https://id.gs1.org/417/09521234543213',
  'https://id.gs1.org/417/9521234543213/',
  'https://id.gs1.org/414/9520123456788',
  'urn:goodorder:lei:529900T8BM49AURSDO54',
  'urn:goodorder:lei:529900t8bm49aursdo55',
  'urn:goodorder:lei:529900T8BM49AURSDO5',
  'urn:goodorder:uscc:91350100M000100Y44',
  'urn:goodorder:uscc:91350100m000100y43',
  'urn:goodorder:uscc:91350100I000100Y43',
  'urn:goodorder:uscc:91350100M000100Y4',
  `urn:goodorder:key:${'0A'.repeat(32)}`,
  'urn:uuid:123e4567-e89b-12d3-a456-426614174000',
  'mailto:somebody@example.com',
  '',
];

export function subjectsFile(): VectorFile {
  const subjects = SUBJECTS.map((text): VectorCase => {
    const read = parseSubject(text);
    const result = read.ok ? { ok: true, kind: read.subject.kind } : { ok: false, code: read.code };
    return { name: `subject \`${text}\``, text, as: 'subject', ...result };
  });
  const parties = PARTIES.map((text): VectorCase => {
    const party = parseParty(text);
    const result = party === null ? { ok: false } : { ok: true, kind: party.kind };
    return { name: `party \`${text}\``, text, as: 'party', ...result };
  });
  return {
    name: 'subjects',
    about: 'Texts as subject URIs and as party URIs (subjects.md): the kind, or the code.',
    cases: [...subjects, ...parties],
  };
}
