import { copyFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Workplace } from './workplace.js';

const TAMPAR = new URL('../../fixtures/media/tampar-derived/', import.meta.url);

test('a hint, never more, whatever was sent', async () => {
  const place = await Workplace.make();
  await place.run(['demo', '--quiet']);
  for (const name of ['142710-1024-exif-kept.jpg', '142710-crop8.jpg', '142710-truncated.jpg'])
    await copyFile(new URL(name, TAMPAR), place.path(name));
  const webp = 'goodorder-demo/photos/unboxing.webp';
  const passport = ['--passport', 'goodorder-demo/dinner-set.passport'];

  const told = await place.must([
    ...['media', 'compare', webp, 'goodorder-demo/photos/packing.jpg', '142710-1024-exif-kept.jpg', webp],
    ...passport,
  ]);
  expect(told).toMatchObject({ sent: webp, hintOnly: true });
  expect(
    told.originals.map((one: Record<string, unknown>) => [
      one['original'],
      one['hint'],
      one['same'],
      one['signedIn'],
    ]),
  ).toEqual([
    [webp, 'likely-copy', true, [16]],
    ['142710-1024-exif-kept.jpg', 'likely-copy', false, []],
    ['goodorder-demo/photos/packing.jpg', 'no-sign', false, [8]],
  ]);

  const { exit, out } = await place.run(['media', 'compare', '142710-truncated.jpg', webp, ...passport]);
  expect(exit).toBe(0);
  expect(out).toContain('no sign of a copy, which does not show that it is none');
  expect(out).toContain('cut short or damaged');
  expect(out).toContain('A hint and no evidence');
  expect(out).not.toMatch(/proven|verified|match/);
  const chinese = await place.run(['media', 'compare', '142710-crop8.jpg', webp, '--lang', 'zh']);
  expect(chinese.out).toMatch(/请自行比对[\s\S]*仅为线索，并非证据/);
});

test('what is no picture is refused', async () => {
  const place = await Workplace.make();
  await place.write('text.jpg', 'hello');
  await copyFile(new URL('142710-crop8.jpg', TAMPAR), place.path('sent.jpg'));
  for (const [given, code] of [
    [['sent.jpg', 'text.jpg'], 'media.unreadable'],
    [['none.jpg', 'sent.jpg'], 'media.unreadable'],
  ] as const) {
    const ran = await place.run(['media', 'compare', ...given, '--format', 'json']);
    expect([ran.exit, ran.json().error.code]).toEqual([3, code]);
  }
});
