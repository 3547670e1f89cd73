/** The round numbers beside a chart, highest first and evenly spaced, with all values between the outer two. */
export function ticksOf(low: number, high: number, smallestStep: number): number[] {
  const step = Math.max(smallestStep, roundStep((high - low) / 3));
  let bottom = Math.floor(low / step);
  let top = Math.ceil(high / step);
  if (bottom === top) {
    // A flat line: room on both sides of it, yet nothing below none.
    top += 1;
    if (low !== 0) bottom -= 1;
  }
  return Array.from({ length: top - bottom + 1 }, (_, index) => (top - index) * step);
}

/** The least of 1, 2 and 5 times a power of ten that is not below a step. */
function roundStep(step: number): number {
  if (step <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(step));
  return (([1, 2, 5] as const).find((factor) => factor * power >= step) ?? 10) * power;
}
