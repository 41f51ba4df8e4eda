/** A small deterministic generator: mutant `n` of seed `s` is always the same, whatever ran before it. */
export function randomOf(seed, n) {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35)) >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }
  const int = (below) => next() % below;
  return {
    int,
    chance: (percent) => int(100) < percent,
    pick: (list) => list[int(list.length)],
    bytes: (length) => Uint8Array.from({ length }, () => int(256)),
    some: (list, percent) => list.filter(() => int(100) < percent),
  };
}
