import type { ClimateLimit } from './limits.js';

/** Which way a climate may harm: too warm, too cold, too wet. */
export type ClimateHarm = 'heat' | 'cold' | 'wet';

/** Highest value allowed (lowest for cold) by all the limits together; null when none of them speaks of it. */
export function strictest(limits: readonly ClimateLimit[], harm: ClimateHarm): number | null {
  const figures = limits.flatMap((limit) => {
    const figure = figureOf(limit, harm);
    return figure === null ? [] : [figure];
  });
  if (figures.length === 0) return null;
  return figures.reduce((a, b) => (harm === 'cold' ? Math.max(a, b) : Math.min(a, b)));
}

function figureOf(limit: ClimateLimit, harm: ClimateHarm): number | null {
  switch (harm) {
    case 'heat':
      return limit.maxMilliC;
    case 'cold':
      return limit.minMilliC;
    case 'wet':
      return limit.maxRhPermille;
  }
}

/** Is the extreme that matters for the harm past the figure? The figure itself is still allowed. */
export function isPast(
  reading: { readonly min: number; readonly max: number },
  figure: number,
  harm: ClimateHarm,
): boolean {
  return harm === 'cold' ? reading.min < figure : reading.max > figure;
}
