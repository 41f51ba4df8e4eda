// Computes leg A's shock trace of the demo: a half-sine of 85 g over 6 ms, sampled at 5 kHz, between quiet stretches.
// Integers only, so that every machine writes the same bytes: `node scripts/make-leg-a-trace.mjs > fixtures/demo/leg-a.synthetic.csv`

const PEAK_MILLI_G = 85_000n;
const STEP_US = 200;
const PULSE_STEPS = 30;
const QUIET_STEPS = 50;

const ONE = 10n ** 18n;
const PI = 3_141_592_653_589_793_238n;

/** sin(π·numerator/denominator) in 10^-18, by its series. */
function sine(numerator, denominator) {
  const x = (PI * BigInt(numerator)) / BigInt(denominator);
  let term = x;
  let sum = x;
  for (let n = 2n; term !== 0n; n += 2n) {
    term = (-term * x * x) / (n * (n + 1n)) / ONE / ONE;
    sum += term;
  }
  return sum;
}

/** A few milli-g of noise that repeats: a linear congruence (Numerical Recipes). */
let state = 85_006;
function noise() {
  state = Number((BigInt(state) * 1_664_525n + 1_013_904_223n) % 2n ** 32n);
  return ((state >>> 24) % 41) - 20;
}

const lines = [
  '# SYNTHETIC shock trace: computed, not measured',
  '# half-sine on z, 85 g peak, 6 ms; 8 % of it on x, 5 % on y; noise below 0.02 g',
  'time_us,x_mg,y_mg,z_mg',
];
for (let step = 0; step <= QUIET_STEPS + PULSE_STEPS + QUIET_STEPS; step += 1) {
  const phase = step - QUIET_STEPS;
  const swing = phase > 0 && phase < PULSE_STEPS ? sine(phase, PULSE_STEPS) : 0n;
  const part = (percent) => Number((PEAK_MILLI_G * swing * percent + 50n * ONE) / (100n * ONE));
  const z = part(100n) + (swing === 0n ? noise() : 0);
  lines.push([step * STEP_US, part(8n) + noise(), part(5n) + noise(), z].join(','));
}
process.stdout.write(`${lines.join('\n')}\n`);
