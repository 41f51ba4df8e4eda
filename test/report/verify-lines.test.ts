import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyLines } from '../../src/report/verify-text.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';

test('a verdict of a day that somebody chose says of which day it is', async () => {
  const junk = readFileSync(new URL('../../package.json', import.meta.url));
  const report = makeVerifyReport(
    await verifyPassport(new Uint8Array(junk), { trust: null, at: 1_767_225_600 }),
    {
      version: '0',
    },
  );
  const told = (language: 'en' | 'zh', timeGiven: boolean): string =>
    JSON.stringify(
      verifyLines(report, { file: 'f', language, width: 80, media: null, verbose: false, timeGiven }),
    );
  expect(told('en', true)).toContain('2026-01-01 00:00 UTC, as asked; not as of today');
  expect(told('zh', true)).toContain('2026-01-01 00:00 UTC（按指定时间，并非今日）');
  expect(told('en', false)).not.toContain('2026-01-01');
});
