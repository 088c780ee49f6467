/** A point in which this gateway is not real Livy on purpose. */
export interface Difference {
  readonly reason: string;
  /** Places of the deviation, as `compare.ts` names them, by the exchanges that show it. */
  readonly seen: Readonly<Record<string, readonly string[]>>;
}

const places = (
  where: readonly string[],
  ...names: readonly string[]
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(names.map(name => [name, where]));

/** Every difference there is meant to be. The suite fails for one that is not here, and for one that is gone. */
export const DIFFERENCES: readonly Difference[] = [
  {
    reason:
      'A failure inside the driver is one sentence: the stack of a Java program that does not exist helps nobody.',
    seen: places(
      ['Java stack'],
      'completion-bad',
      'completion-shared-no-kind',
      'statement-post-bad-kind',
      'statement-post-missing-code',
      'statement-post-null-code'
    )
  },
  {
    reason:
      '/metrics is for Prometheus; a browser, which asks for HTML, gets the menu that Livy has there.',
    seen: places(['body', 'header cache-control', 'header content-type'], 'metrics')
  },
  {
    reason: 'The log of a batch that failed ends with its exit status, which Livy tells nobody.',
    seen: places(['body.total'], 'batch-log-fail')
  }
];

/** Where the answer to the request of an exchange is meant to deviate from the recorded one. */
export function expectedDeviations(name: string): string[] {
  return DIFFERENCES.flatMap(({ seen }) => seen[name] ?? []).sort();
}
