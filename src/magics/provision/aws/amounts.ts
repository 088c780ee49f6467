/** `$0.408`, `$12.90`; small sums keep the digits that tell them apart. */
export function formatMoney(dollars: number): string {
  return `$${dollars.toFixed(dollars !== 0 && Math.abs(dollars) < 1 ? 3 : 2)}`;
}

/** `$0.408`, `$1.240`; for a column of prices an hour, point below point. */
export function formatHourly(dollars: number): string {
  return `$${dollars.toFixed(3)}`;
}

/** `$0.41`, `$12.90`; for a column of sums, point below point. */
export function formatSum(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}

/** UTC to the minute, `2026-11-29 12:00 UTC`. */
export function formatMoment(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
