import { sha256Hex } from '../../src/crypto/hash.js';
import { canonicalJson } from '../../src/finding/canonical-json.js';
import { play, readScenarioYaml, scenarioPaths } from './scenarios.js';

/** SHA-256 of every scenario's finding as canonical JSON, by the name of its file. */
export async function findingDigests(folder?: string): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const path of scenarioPaths(folder)) {
    const { assessment } = await play(readScenarioYaml(path), path);
    digests[path.slice(path.lastIndexOf('/') + 1)] = digestOf(assessment.finding);
  }
  return digests;
}

export function digestOf(finding: unknown): string {
  return sha256Hex(new TextEncoder().encode(canonicalJson(finding)));
}
