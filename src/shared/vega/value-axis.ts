import type { Before, Signal } from './input.ts';

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
/** The axis shrinks when less than this share of it is used. */
const SHRINK_BELOW = 0.35;

/** The ends of an axis of values. */
export interface ValueEnds {
  readonly low: number;
  readonly top: number;
}

/**
 * Ends of an axis that holds these values and zero. It grows at once, in round steps, and shrinks only
 * when a third of it would do: an axis that follows every value makes still bars look as if they moved.
 */
export function valueEnds(values: readonly (number | null)[], before: Before): ValueEnds {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low === 0 && high === 0) return { low: 0, top: heldEnd(1, numberOf(before?.['top'])) };
  return {
    low: -heldEnd(-low, -numberOf(before?.['low'])) || 0,
    top: heldEnd(high, numberOf(before?.['top']))
  };
}

/** The places of a band scale, in order. */
export function places(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place);
}

/** The round number at or above; 0 for 0. */
export function roundUp(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find(one => one * unit >= value) ?? 10;
  return step * unit;
}

function heldEnd(need: number, held: number): number {
  const fits = need <= held && need >= held * SHRINK_BELOW;
  return fits ? held : roundUp(need);
}

function numberOf(value: Signal | undefined): number {
  return typeof value === 'number' ? value : 0;
}
