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
  },
  {
    reason:
      'Times without a zone and intervals are texts, where Livy fails on Java 17 or gives an empty object.',
    seen: {
      ...places(
        ['ename', 'evalue', 'traceback', 'data', 'status'].map(name => `body.output.${name}`),
        'statement-sql-all-types',
        'statement-sql-timestamp-ntz',
        'statement-sql-interval'
      ),
      ...places(
        ['body.output.data.application/json.data.0.0'],
        'statement-sql-tz-timestamp-ntz',
        'statement-sql-tz-interval'
      )
    }
  },
  {
    reason: 'Spark 4 words its errors otherwise than Spark 3.5, with an SQLSTATE.',
    seen: {
      ...places(
        ['body.output.evalue'],
        'statement-sql-parse-error',
        'statement-sql-missing-table',
        'statement-sql-two-statements',
        'statement-sql-empty',
        'statement-sql-comment-only'
      ),
      ...places(['Java stack', 'body.output.evalue'], 'statement-sql-runtime-error'),
      ...places(
        ['body.output.evalue', 'body.output.traceback.4'],
        'statement-pyspark-analysis-exception'
      )
    }
  },
  {
    reason: 'In Spark 4 a division by zero is an error, as the SQL standard has it.',
    seen: places(
      ['ename', 'evalue', 'traceback', 'data', 'status'].map(name => `body.output.${name}`),
      'statement-sql-ansi-div'
    )
  },
  {
    reason:
      'A sleep of the driver is interrupted and says so; Livy waits 30 seconds and then leaves it running.',
    seen: places(['body.fields'], 'statement-cancelled-driver-sleep')
  }
];

/** Where the answer to the request of an exchange is meant to deviate from the recorded one. */
export function expectedDeviations(name: string): string[] {
  return DIFFERENCES.flatMap(({ seen }) => seen[name] ?? []).sort();
}
