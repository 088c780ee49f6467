/** Axis of counts and measures: 300, 1.5k, 2M; fractions stay fractions. */
export const NUMBER_AXIS = {
  domain: false,
  ticks: false,
  labelPadding: 6,
  labelExpr: "abs(datum.value) >= 1000 ? format(datum.value, '~s') : format(datum.value, '~g')"
} as const;

/** Scale of lengths from zero; without rows Vega finds no domain, and warns. */
export function lengthScale(rows: readonly unknown[]): { zero: true; domain?: [0, 1] } {
  return rows.length === 0 ? { zero: true, domain: [0, 1] } : { zero: true };
}

/** Scale of times, likewise. */
export function timeScale(rows: readonly unknown[]): { domain?: [0, 1] } {
  return rows.length === 0 ? { domain: [0, 1] } : {};
}

/** Axis of wall-clock time. */
export const TIME_AXIS = {
  title: null,
  grid: false,
  format: '%H:%M:%S',
  labelFlush: true,
  labelOverlap: true,
  labelPadding: 4,
  tickCount: 6
} as const;
