import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCset82, percentDecode, percentEncode } from '../../src/subject/character-set.js';
import { parseParty } from '../../src/subject/party.js';
import { parseScan } from '../../src/subject/scan.js';
import { keyUri, parseSubject } from '../../src/subject/subject.js';

const ITEM = 'https://id.gs1.org/01/09521234543213/21/';
const CSET82 = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`;

function code(uri: string): string {
  const result = parseSubject(uri);
  return result.ok ? 'ok' : result.code;
}

describe('canonical subjects', () => {
  test.each([
    [`${ITEM}A1`, { kind: 'item', gtin: '09521234543213', serial: 'A1' }],
    [`${ITEM}a%2Fb`, { kind: 'item', gtin: '09521234543213', serial: 'a/b' }],
    [`${ITEM}%25`, { kind: 'item', gtin: '09521234543213', serial: '%' }],
    [`${ITEM}...`, { kind: 'item', gtin: '09521234543213', serial: '...' }],
    [`${ITEM}${'x'.repeat(20)}`, { kind: 'item', gtin: '09521234543213', serial: 'x'.repeat(20) }],
    ['https://id.gs1.org/01/09521234543213/10/L-7', { kind: 'lot', gtin: '09521234543213', lot: 'L-7' }],
    ['https://id.gs1.org/00/952012345678912345', { kind: 'container', sscc: '952012345678912345' }],
    ['https://id.gs1.org/402/95201234567891235', { kind: 'consignment', gsin: '95201234567891235' }],
    ['https://id.gs1.org/414/9520123456788', { kind: 'location', gln: '9520123456788' }],
    [
      'urn:uuid:0b2f0f5e-6a0c-4b64-9d6e-0f8a4d1a2b3c',
      { kind: 'uuid', uuid: '0b2f0f5e-6a0c-4b64-9d6e-0f8a4d1a2b3c' },
    ],
    [keyUri('ab'.repeat(32)), { kind: 'key', kid: 'ab'.repeat(32) }],
  ] as const)('%s', (uri, subject) => {
    expect(parseSubject(uri)).toEqual({ ok: true, subject: { uri, ...subject } });
  });

  test.each([
    ['a GTIN of 13 digits', 'https://id.gs1.org/01/9521234543213/21/A1', 'subject.not-canonical'],
    ['http', 'http://id.gs1.org/01/09521234543213/21/A1', 'subject.not-canonical'],
    ['capitals in the host', 'https://ID.gs1.org/01/09521234543213/21/A1', 'subject.not-canonical'],
    ['another domain', 'https://example.com/01/09521234543213/21/A1', 'subject.not-canonical'],
    ['a port', 'https://id.gs1.org:443/01/09521234543213/21/A1', 'subject.not-canonical'],
    ['a query', `${ITEM}A1?x=1`, 'subject.not-canonical'],
    ['an empty query', `${ITEM}A1?`, 'subject.not-canonical'],
    ['a fragment', `${ITEM}A1#`, 'subject.not-canonical'],
    ['a slash at the end', `${ITEM}A1/`, 'subject.not-canonical'],
    ['a second qualifier', 'https://id.gs1.org/01/09521234543213/10/L/21/A1', 'subject.not-canonical'],
    ['no serial', 'https://id.gs1.org/01/09521234543213', 'subject.not-canonical'],
    ['an empty serial', ITEM, 'subject.not-canonical'],
    ['a serial of 21 characters', `${ITEM}${'x'.repeat(21)}`, 'subject.not-canonical'],
    ['a serial of 21 encoded characters', `${ITEM}${'%2F'.repeat(21)}`, 'subject.not-canonical'],
    ['a plain character that wants encoding', `${ITEM}a+b`, 'subject.not-canonical'],
    ['an encoded character that wants none', `${ITEM}%41`, 'subject.not-canonical'],
    ['small hex', `${ITEM}%2f`, 'subject.not-canonical'],
    ['half an escape', `${ITEM}%2`, 'subject.not-canonical'],
    ['a character outside set 82', `${ITEM}%23`, 'subject.not-canonical'],
    ['a byte above 7F', `${ITEM}%C3%A9`, 'subject.not-canonical'],
    ['a tilde, unreserved but not in set 82', `${ITEM}~`, 'subject.not-canonical'],
    ['a space', `${ITEM}a b`, 'subject.not-canonical'],
    ['one dot', `${ITEM}.`, 'subject.dot-segment'],
    ['two dots', `${ITEM}..`, 'subject.dot-segment'],
    ['two dots, encoded', `${ITEM}%2e%2e`, 'subject.dot-segment'],
    ['two dots, half encoded', `${ITEM}.%2E`, 'subject.dot-segment'],
    ['dots elsewhere', 'https://id.gs1.org/01/../21/A1', 'subject.dot-segment'],
    ['a wrong check digit', 'https://id.gs1.org/01/09521234543214/21/A1', 'subject.check-digit'],
    ['a wrong check digit of a container', 'https://id.gs1.org/00/952012345678912346', 'subject.check-digit'],
    ['a container of 17 digits', 'https://id.gs1.org/00/95201234567891234', 'subject.not-canonical'],
    ['letters in a GTIN', 'https://id.gs1.org/01/0952123454321X/21/A1', 'subject.not-canonical'],
    ['digits of another script', 'https://id.gs1.org/414/९५२०१२३४५६७८८', 'subject.not-canonical'],
    ['another identifier', 'https://id.gs1.org/8004/9520614141234567', 'subject.not-canonical'],
    ['a UUID in capitals', 'urn:uuid:0B2F0F5E-6A0C-4B64-9D6E-0F8A4D1A2B3C', 'subject.not-canonical'],
    ['a key id in capitals', keyUri('AB'.repeat(32)), 'subject.not-canonical'],
    ['a key id too short', keyUri('ab'.repeat(31)), 'subject.not-canonical'],
    ['nothing', '', 'subject.not-canonical'],
    ['a line feed at the end', `${ITEM}A1\n`, 'subject.not-canonical'],
    ['a line feed after a key', `${keyUri('ab'.repeat(32))}\n`, 'subject.not-canonical'],
  ])('%s is refused', (_, uri, expected) => {
    expect(code(uri)).toBe(expected);
  });

  test('every serial of set 82 has exactly one spelling', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...CSET82), minLength: 1, maxLength: 20 }), (serial) => {
        const uri = ITEM + percentEncode(serial);
        if (serial === '.' || serial === '..') expect(code(uri)).toBe('subject.dot-segment');
        else expect(parseSubject(uri)).toMatchObject({ ok: true, subject: { kind: 'item', serial } });
      }),
    );
  });

  test('no two texts that are accepted name the same serial', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '%', '2', 'F', 'f', '6', '1', '+', '-'), maxLength: 9 }),
        (text) => {
          const result = parseSubject(ITEM + text);
          if (result.ok && result.subject.kind === 'item')
            expect(percentEncode(result.subject.serial)).toBe(text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('set 82 has 82 characters', () => {
    const all = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).filter(isCset82);
    expect(all.sort()).toEqual([...CSET82].sort());
    expect(all).toHaveLength(82);
  });

  test('percent-decoding undoes percent-encoding and refuses broken escapes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(percentDecode(percentEncode(text))).toBe(text);
      }),
    );
    for (const broken of ['%', '%1', '%g0', '%0g', '%80', 'x%ff']) expect(percentDecode(broken)).toBe(null);
  });
});

describe('parties', () => {
  test.each([
    ['https://id.gs1.org/417/9521234543213', { kind: 'gln', gln: '9521234543213' }],
    // The first is the LEI of GLEIF itself.
    ['urn:goodorder:lei:506700GE1G29325QX363', { kind: 'lei', lei: '506700GE1G29325QX363' }],
    ['urn:goodorder:lei:529900T8BM49AURSDO55', { kind: 'lei', lei: '529900T8BM49AURSDO55' }],
    // The widely cited example of a code of GB 32100-2015.
    ['urn:goodorder:uscc:91350100M000100Y43', { kind: 'uscc', uscc: '91350100M000100Y43' }],
    [keyUri('01'.repeat(32)), { kind: 'key', kid: '01'.repeat(32) }],
  ] as const)('%s', (uri, party) => {
    expect(parseParty(uri)).toEqual({ uri, ...party });
  });

  test.each([
    'https://id.gs1.org/417/9521234543214',
    'https://id.gs1.org/417/09521234543213',
    'https://id.gs1.org/414/9520123456788',
    'urn:goodorder:lei:529900T8BM49AURSDO56',
    'urn:goodorder:lei:529900t8bm49aursdo55',
    'urn:goodorder:lei:529900T8BM49AURSDO5',
    'urn:goodorder:uscc:91350100M000100Y44',
    'urn:goodorder:uscc:91350100I000100Y43',
    'urn:goodorder:uscc:91350100M000100Y4',
    'urn:goodorder:key:zz',
    'urn:goodorder:LEI:529900T8BM49AURSDO55',
    'did:example:1',
    '',
  ])('%s is no party', (uri) => {
    expect(parseParty(uri)).toBe(null);
  });

  test('one wrong character breaks a checksum', () => {
    for (const [start, number] of [
      ['urn:goodorder:lei:', '529900T8BM49AURSDO55'],
      ['urn:goodorder:uscc:', '91350100M000100Y43'],
      ['https://id.gs1.org/417/', '9521234543213'],
    ] as const) {
      for (let i = 0; i < number.length; i += 1) {
        // MOD 97-10 counts a letter as two digits: a letter for a digit shifts the number and may pass.
        const others = /[0-9]/.test(number[i]!) ? '0123456789' : 'ABCDEFGHJKLMNPQRTUWXY';
        for (const other of others) {
          const changed = start + number.slice(0, i) + other + number.slice(i + 1);
          expect(parseParty(changed) === null).toBe(other !== number[i]);
        }
      }
    }
  });
});

describe('scanned labels', () => {
  const serial = `${ITEM}A1`;
  test.each([
    [serial, serial, []],
    ['https://example.com/some/path/01/09521234543213/21/A1', serial, ['other-domain']],
    ['https://id.gs1.org/01/9521234543213/21/A1', serial, ['short-gtin']],
    ['https://id.gs1.org/01/09521234543213/10/L7/21/A1', serial, ['dropped-qualifier']],
    ['https://id.gs1.org/01/09521234543213/21/A1?17=270101&utm=x', serial, ['dropped-attribute']],
    ['https://id.gs1.org/01/09521234543213/10/L7', 'https://id.gs1.org/01/09521234543213/10/L7', []],
    [
      'HTTPS://EXAMPLE.COM/00/952012345678912345',
      'https://id.gs1.org/00/952012345678912345',
      ['other-domain'],
    ],
    ['(01)09521234543213(21)A1', serial, ['element-string']],
    ['(01)09521234543213(21)a\\(b', `${ITEM}a%28b`, ['element-string']],
    ['(01)09521234543213(17)270101(21)A1', serial, ['element-string', 'dropped-attribute']],
    [']d201095212345432131727010121A1', serial, ['element-string', 'dropped-attribute']],
    [']d2010952123454321321A1\u001d17270101', serial, ['element-string', 'dropped-attribute']],
    [']C100952012345678912345', 'https://id.gs1.org/00/952012345678912345', ['element-string']],
    ['010952123454321321A1', serial, ['element-string']],
  ])('%s', (scanned, uri, changes) => {
    expect(parseScan(scanned)).toMatchObject({ ok: true, subject: { uri }, changes });
  });

  test.each([
    ['https://id.gs1.org/01/09521234543213', 'subject.not-canonical'],
    ['https://example.com/', 'subject.not-canonical'],
    ['https://id.gs1.org/01/09521234543214/21/A1', 'subject.check-digit'],
    ['https://example.com/01/09521234543213/21/..', 'subject.dot-segment'],
    ['(01)09521234543214(21)A1', 'subject.check-digit'],
    ['(01)9521234543213(21)A1', 'subject.not-canonical'],
    ['(01)09521234543213(21)A1(21)A2', 'subject.not-canonical'],
    ['(99999)x', 'subject.not-canonical'],
    ['()', 'subject.not-canonical'],
    ['', 'subject.not-canonical'],
    ['hello', 'subject.not-canonical'],
  ])('%s is refused', (scanned, expected) => {
    expect(parseScan(scanned)).toMatchObject({ ok: false, code: expected });
  });

  test('any text is answered', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `https://id.gs1.org/01/09521234543213/21/${text}`),
          fc.string().map((text) => `(01)09521234543213(21)${text}`),
        ),
        (text) => {
          const result = parseScan(text);
          if (result.ok) expect(parseSubject(result.subject.uri).ok).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
