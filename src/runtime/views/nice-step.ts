/** A round step `multiple × 10^exponent`, kept in two whole numbers because its edges have to be exact. */
export interface Step {
  readonly multiple: 1 | 2 | 5;
  readonly exponent: number;
}

const MULTIPLES = [1, 2, 5] as const;

/** The size of a step as a number. */
export function stepSize(step: Step): number {
  return edgeOf(step, 1);
}

/** The number at `index` steps from zero. */
export function edgeOf({ multiple, exponent }: Step, index: number): number {
  const scale = 10 ** Math.abs(exponent);
  return exponent < 0 ? (index * multiple) / scale : index * multiple * scale;
}

/** The next larger step. */
export function widerStep({ multiple, exponent }: Step): Step {
  if (multiple === 5) return { multiple: 1, exponent: exponent + 1 };
  return { multiple: multiple === 1 ? 2 : 5, exponent };
}

/** The smallest step that is not smaller than a positive number. */
export function niceStepAtLeast(size: number): Step {
  const exponent = Math.floor(Math.log10(size));
  const multiple = MULTIPLES.find(each => stepSize({ multiple: each, exponent }) >= size);
  return multiple === undefined ? { multiple: 1, exponent: exponent + 1 } : { multiple, exponent };
}
