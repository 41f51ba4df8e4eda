import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeVerifyReport, type VerifyReport } from '../../src/verify/verify-report.js';
import { verifyReportSchema } from '../../src/verify/verify-report-schema.js';
import { makeSample } from './sample.js';
import { Actor, AT, flipped, Story } from './story.js';

/** As it reaches a reader: through JSON. */
const throughJson = (report: VerifyReport): VerifyReport =>
  JSON.parse(JSON.stringify(report)) as VerifyReport;

describe('makeVerifyReport', async () => {
  const sample = await makeSample();
  const { trust, at } = sample;
  const passport = await verifyPassport(sample.bytes, { trust, at });
  const report = makeVerifyReport(passport, { version: '9.9.9' });

  test('names its inputs by digest and says what was asked', () => {
    const { verdict, passport: file, verifier, elements, counts, answers } = report;
    expect({ verdict, file, verifier, at: report.at, trust: report.trust, elements, counts }).toEqual({
      verdict: 'TOTAL-PASSED',
      file: { sha256: passport.digest, bytes: sample.bytes.length, item: passport.item },
      verifier: { name: 'goodorder', version: '9.9.9' },
      at,
      trust: { name: 'story', sha256: trust.digest, sequence: 12, nextUpdate: trust.nextUpdate },
      elements: passport.elements,
      counts: { 'token.not-checked': 1, 'trust.self-asserted': 1 },
    });
    expect(answers).toEqual({
      integrity: { answer: 'passed', because: [] },
      authenticity: { answer: 'passed', because: [] },
      time: { answer: 'passed', because: [] },
      completeness: { answer: 'passed', because: [] },
      trust: { answer: 'passed', because: [] },
    });
  });

  test('keeps what a record claims apart from what was established', () => {
    const delivery = report.records.find(({ claimed }) => claimed.type === 'delivery')!;
    expect(delivery).toEqual({
      number: 5,
      id: sample.ids.delivered,
      offset: expect.any(Number),
      length: expect.any(Number),
      state: 'valid',
      standing: 'full',
      claimed: {
        type: 'delivery',
        revision: 1,
        iss: Actor.person('buyer').iss,
        sub: passport.item,
        iat: expect.any(Number),
        seq: 0,
      },
      verified: {
        kid: Actor.person('buyer').kid,
        statementHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        party: Actor.person('buyer').iss,
        binding: 'self',
        roles: [],
        rolePermitted: true,
        accreditation: null,
        time: {
          lower: expect.any(Number),
          upper: at,
          lowerFrom: expect.any(String),
          upperFrom: 'at',
          widthS: expect.any(Number),
        },
        pins: [sample.ids.pickup],
        pinnedBy: ['record'],
        answers: {
          integrity: 'passed',
          authenticity: 'passed',
          time: 'passed',
          completeness: 'passed',
          trust: 'passed',
        },
      },
      findings: [expect.any(Number)],
    });
    expect(report.findings[delivery.findings[0]!]!.code).toBe('trust.self-asserted');
  });

  test('lists what was checked, and what was not and why', () => {
    const told = report.checks.map(({ check, performed, count, reason }) =>
      [check, performed ? 'done' : reason, count].filter((part) => part !== undefined).join(' '),
    );
    expect(told).toEqual([
      'container done',
      'closed-world done',
      'signatures done 11',
      'payloads done 7',
      'private-fields done 3',
      'links done 7',
      'chains done',
      'manifests done',
      'credentials done 4',
      'revocations done 7',
      'receipts done 3',
      'witnessed-notes done 3',
      'time-tokens not-supported',
      'attached-files done 1',
      'separate-files not-given',
      'what-pictures-show never',
      'later-revocations after-trust-file',
    ]);
  });

  test('prints no name that nothing binds to its key', async () => {
    const story = new Story();
    await story.say(new Actor('unknown company'), 'hello');
    const unknown = await verifyPassport(story.file(), { trust: story.trust(), at: AT });
    const [record] = makeVerifyReport(unknown, { version: '1' }).records;
    expect([record!.verified.binding, record!.verified.party]).toEqual(['none', null]);
  });

  test('points from each answer to the findings that lower it, and marks those', async () => {
    const bad = await verifyPassport(flipped(sample.bytes, 8 * (sample.bytes.length - 5)), { trust, at });
    const { answers, findings, verdict } = makeVerifyReport(bad, { version: '1' });
    expect(verdict).toBe('TOTAL-FAILED');
    for (const [axis, { because }] of Object.entries(answers)) {
      const marked = findings.flatMap((found, index) =>
        found.axis === axis && found.lowers && ['failure', 'indeterminate'].includes(found.severity)
          ? [index]
          : [],
      );
      expect([axis, because]).toEqual([axis, marked]);
    }
    expect(answers.integrity.because.length).toBeGreaterThan(0);
  });

  test('is the same every time, for equal inputs', async () => {
    const again = makeVerifyReport(await verifyPassport(sample.bytes.slice(), { trust, at }), {
      version: '9.9.9',
    });
    expect(JSON.stringify(again)).toBe(JSON.stringify(report));
  });
});

describe('the report’s schema', async () => {
  const sample = await makeSample();
  const { trust, at, bytes } = sample;
  const inputs = [
    bytes,
    new Uint8Array(0),
    bytes.subarray(0, 4_000),
    ...Array.from({ length: 40 }, (_, index) => flipped(bytes, index * 1_601 + 70)),
  ];
  const reports = await Promise.all(
    inputs.map(async (one, index) => {
      const options = { trust: index % 5 === 4 ? null : trust, at };
      return throughJson(makeVerifyReport(await verifyPassport(one, options), { version: '1.2.3' }));
    }),
  );

  test('holds for good and broken passports', () => {
    for (const report of reports) {
      const result = z.safeParse(verifyReportSchema(), report);
      expect(result.success ? [] : result.error.issues).toEqual([]);
    }
    expect(new Set(reports.map(({ verdict }) => verdict))).toEqual(new Set(['TOTAL-PASSED', 'TOTAL-FAILED']));
  });

  test('says the same as JSON Schema', () => {
    const validate = new Ajv2020({ strict: false }).compile(z.toJSONSchema(verifyReportSchema()));
    for (const report of reports) expect([validate(report), validate.errors]).toEqual([true, null]);
    expect(validate({ ...reports[0], extra: 1 })).toBe(false);
    expect(validate({ ...reports[0], verdict: 'PASSED' })).toBe(false);
  });

  test('is the one that is published, where a report says a few things more', () => {
    const url = new URL('../../schemas/verify-report.schema.json', import.meta.url);
    const published = JSON.parse(readFileSync(url, 'utf8')).anyOf[0].anyOf[0];
    const { properties, required, additionalProperties, type } = z.toJSONSchema(verifyReportSchema());
    const wanted = Object.entries(published.properties).filter(([name]) => name in properties!);
    expect(properties).toEqual(Object.fromEntries(wanted));
    expect(required).toEqual(published.required.filter((name: string) => name in properties!));
    expect([type, additionalProperties]).toEqual(['object', false]);
  });

  test('is the type', () => {
    const typed: VerifyReport = z.parse(verifyReportSchema(), reports[0]) as VerifyReport;
    expect(typed.schemaVersion).toBe(1);
  });
});
