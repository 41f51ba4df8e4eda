/** Kleene's three values: null is unknown. */
export type Truth = boolean | null;

export function not(value: Truth): Truth {
  return value === null ? null : !value;
}

/** False if one is false, else unknown if one is unknown. */
export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

/** False if any is false, else unknown if any is unknown. True for none. */
export function all(values: readonly Truth[]): Truth {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

/** True if any is true, else unknown if any is unknown. False for none. */
export function any(values: readonly Truth[]): Truth {
  if (values.includes(true)) return true;
  return values.includes(null) ? null : false;
}

/** At least `least` are true: surely, surely not, or open. */
export function atLeast(values: readonly Truth[], least: number): Truth {
  const sure = values.filter((value) => value === true).length;
  const open = values.filter((value) => value === null).length;
  if (sure >= least) return true;
  return sure + open < least ? false : null;
}
