/** Axis of counts and measures: 300, 1.5k, 2M; fractions stay fractions. */
export const NUMBER_AXIS = {
  domain: false,
  ticks: false,
  labelPadding: 6,
  labelExpr: "abs(datum.value) >= 1000 ? format(datum.value, '~s') : format(datum.value, '~g')"
} as const;

/** The scale of values: it follows the signals `low` and `top` (see `valueEnds`), not the rows. */
export const VALUE_SCALE = { domain: { expr: '[low, top]' }, nice: false, zero: false } as const;
