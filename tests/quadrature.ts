// Expectations by brute force, for what is computed in closed form elsewhere: the trapezium rule over the whole line, after a
// substitution under which density and its slopes vanish at both ends. No special function is needed: the density is normalised
// by its own sum.

const STEPS = 4000;

function expectation(
  from: number,
  to: number,
  at: (u: number) => { logWeight: number; value: number },
): number {
  const points = Array.from({ length: STEPS + 1 }, (_, step) => at(from + ((to - from) * step) / STEPS));
  const highest = Math.max(...points.map(({ logWeight }) => logWeight));
  let total = 0;
  let sum = 0;
  for (const { logWeight, value } of points) {
    const weight = Math.exp(logWeight - highest);
    total += weight;
    sum += weight * value;
  }
  return sum / total;
}

/** E[f(λ)] for λ ~ Gamma(shape, rate). */
export function overGamma(shape: number, rate: number, f: (value: number) => number): number {
  // λ = e^u / rate
  return expectation(-700 / Math.max(1, shape * 10), 8, (u) => ({
    logWeight: shape * u - Math.exp(u),
    value: f(Math.exp(u) / rate),
  }));
}

/** E[f(p, 1 − p)] for p ~ Beta(a, b); both are given, for either may be too small to be seen in the other. */
export function overBeta(a: number, b: number, f: (p: number, rest: number) => number): number {
  // p = 1 / (1 + e^(−π sinh u))
  return expectation(-6.5, 6.5, (u) => {
    const s = Math.PI * Math.sinh(u);
    const logP = -Math.log1p(Math.exp(-s));
    const logRest = -Math.log1p(Math.exp(s));
    return {
      // dp = p (1 − p) π cosh u du
      logWeight:
        a * (Number.isFinite(logP) ? logP : s) +
        b * (Number.isFinite(logRest) ? logRest : -s) +
        Math.log(Math.cosh(u)),
      value: f(Math.exp(logP), Math.exp(logRest)),
    };
  });
}
