/** Reports in the form that docs/spec/verification.md makes comparable. */

function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort(byText)
      .map((key) => [key, sorted(value[key])]),
  );
}

export function comparable(report) {
  if (report.refused || report.broken) return report;
  if (report.output !== undefined) {
    // Of several reasons the format does not say which is the first, so none is compared; the vectors hold the plain ones.
    return {
      output: report.output,
      leftOut: report.leftOut.map((left) => left.slice(1).join(' ')).sort(byText),
    };
  }
  const { verifier, checks, schemaVersion, file, media, ...rest } = report;
  const findings = rest.findings
    .map(({ detail, ...finding }) => JSON.stringify(sorted(finding)))
    .sort(byText);
  const records = rest.records.map(({ findings: _, ...record }) => ({
    ...record,
    verified: { ...record.verified, pins: [...record.verified.pins].sort(byText) },
  }));
  const answers = Object.fromEntries(
    Object.entries(rest.answers).map(([axis, said]) => [axis, said.answer ?? said]),
  );
  return sorted({ ...rest, answers, records, findings });
}

/** Places where two comparable reports part: [place, ours, second]. */
export function differences(a, b, place = '') {
  if (a === b) return [];
  if (Array.isArray(a) && Array.isArray(b)) {
    if ([...a, ...b].every((item) => typeof item === 'string')) {
      const left = [...a];
      const right = [];
      for (const item of b) {
        const i = left.indexOf(item);
        if (i >= 0) left.splice(i, 1);
        else right.push(item);
      }
      return left.length + right.length > 0 || a.join() !== b.join() ? [[place, left, right]] : [];
    }
    if (a.length !== b.length) return [[place, `${a.length} entries`, `${b.length} entries`]];
    return a.flatMap((item, i) => differences(item, b[i], `${place}[${i}]`));
  }
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object') {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(byText);
    return keys.flatMap((key) => differences(a[key], b[key], place === '' ? key : `${place}.${key}`));
  }
  return [[place, a, b]];
}
