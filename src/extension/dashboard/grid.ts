/** The least width at which a view can be read, pixels. */
const MIN_TILE_WIDTH = 360;
/** Width to height at which a view looks best. */
const BEST_ASPECT = 1.6;

/**
 * Columns of a grid of so many tiles in an area of so many pixels: those whose tiles come nearest to the
 * best shape, with none too narrow.
 */
export function columnsFor(count: number, width: number, height: number): number {
  const most = Math.max(1, Math.min(count, Math.floor(width / MIN_TILE_WIDTH)));
  const fits = Array.from({ length: most }, (_, index) => index + 1);
  return fits.reduce((best, columns) =>
    misfit(columns, count, width, height) < misfit(best, count, width, height) ? columns : best
  );
}

function misfit(columns: number, count: number, width: number, height: number): number {
  const rows = Math.ceil(count / columns);
  const aspect = width / columns / Math.max(1, height / rows);
  const holes = columns * rows - count;
  return Math.abs(Math.log(aspect / BEST_ASPECT)) + holes / (columns * rows);
}
