import { niceStepAtLeast, stepSize } from './nice-step.ts';
import type { BucketPoint } from './time-buckets.ts';

/**
 * At most `limit` of the points, oldest first: the first, the last, and of each stretch of time the smallest
 * and the largest of every series, so that no spike is lost. Stretches begin at round times, so that
 * the choice does not flicker while a window moves on. Points come and go whole.
 */
export function decimate(points: readonly BucketPoint[], limit: number): readonly BucketPoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (points.length <= limit || first === undefined || last === undefined) return points;
  const series = Math.max(1, ...points.map(({ values }) => values.length));
  const stretches = Math.floor((limit - 2) / (2 * series)) - 1;
  if (stretches < 1) return points.slice(-limit);
  const width = stepSize(niceStepAtLeast((last.time - first.time) / stretches));
  const kept = new Set([first, last]);
  for (const stretch of stretchesOf(points, width))
    for (let index = 0; index < series; index += 1) keepExtremes(stretch, index, kept);
  return points.filter(point => kept.has(point));
}

function stretchesOf(points: readonly BucketPoint[], width: number): BucketPoint[][] {
  const stretches: BucketPoint[][] = [];
  let present = NaN;
  for (const point of points) {
    const number = Math.floor(point.time / width);
    if (number !== present) stretches.push([]);
    present = number;
    stretches.at(-1)?.push(point);
  }
  return stretches;
}

function keepExtremes(
  stretch: readonly BucketPoint[],
  series: number,
  kept: Set<BucketPoint>
): void {
  let low: { point: BucketPoint; value: number } | null = null;
  let high: { point: BucketPoint; value: number } | null = null;
  for (const point of stretch) {
    const value = point.values[series] ?? null;
    if (value === null) continue;
    if (low === null || value < low.value) low = { point, value };
    if (high === null || value > high.value) high = { point, value };
  }
  if (low !== null) kept.add(low.point);
  if (high !== null) kept.add(high.point);
}
