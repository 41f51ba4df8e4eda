import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ScenarioSource } from '../../src/scenario/scenario-source.js';
import { DEMO, play, playAsExpected, readScenarioYaml, scenarioPaths, unmet } from './scenarios.js';
import { variantFiles } from './variants.js';

describe('every scenario comes out as it says', () => {
  test.each([DEMO, ...scenarioPaths()].map((path) => [basename(path), path] as const))(
    '%s',
    async (_, path) => {
      expect(await playAsExpected(readScenarioYaml(path), path)).toEqual([]);
    },
  );
});

describe.each(variantFiles().map((file) => [file.name, file] as const))('%s', (name, file) => {
  test.each(file.variants.map((variant) => [variant.title, variant] as const))('%s', async (_, variant) => {
    const played = await play(variant.root, file.scenario);
    const source = new ScenarioSource(file.root, name);
    expect(unmet(played, variant.expect, source, ['variants', variant.index, 'expect'])).toEqual([]);
  });
});
