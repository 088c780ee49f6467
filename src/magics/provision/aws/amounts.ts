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

/** `8 h`, `1 h 30 min`, `25 min`, `40 s`; for times that nobody needs to the second. */
export function formatSpan(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** UTC to the minute, `2026-11-29 12:00 UTC`. */
export function formatMoment(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
