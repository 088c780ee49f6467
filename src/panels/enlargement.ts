/** A picture narrower than this, in its own pixels, is not enlarged any more. */
const NARROWEST = 480;
const LARGEST = 2.5;
/** Steps, so that a picture whose height depends a little on its width comes to rest. */
const STEP = 0.25;

/** Pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/**
 * How many times larger than it is a picture of this height may be drawn to fill its room, text and all.
 * One that is higher than its room is not made smaller: it scrolls.
 */
export function enlargement({ width, height }: Room, naturalHeight: number): number {
  if (naturalHeight <= 0) return 1;
  const fitting = Math.min(height / naturalHeight, width / NARROWEST, LARGEST);
  return Math.max(1, Math.floor(fitting / STEP) * STEP);
}
