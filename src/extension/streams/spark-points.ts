/** Size of a line of rates, pixels. */
export const SPARK_WIDTH = 56;
export const SPARK_HEIGHT = 16;
/** Room for half of the line. */
const EDGE = 1;

/** Points of a small line of rates, oldest first, as SVG writes them; empty for fewer than two. */
export function sparkPoints(rates: readonly number[]): string {
  if (rates.length < 2) return '';
  const top = Math.max(...rates, Number.MIN_VALUE);
  const step = (SPARK_WIDTH - 2 * EDGE) / (rates.length - 1);
  return rates
    .map((rate, index) => {
      const y = SPARK_HEIGHT - EDGE - (rate / top) * (SPARK_HEIGHT - 2 * EDGE);
      return `${(EDGE + index * step).toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
