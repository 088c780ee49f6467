/** What an error of the SDK says of itself. */
export interface AwsFailure {
  /** The name of the error, which is the service's code: `ThrottlingException`. */
  readonly name: string;
  readonly message: string;
  /** Of Node's network errors: `ECONNRESET`; otherwise empty. */
  readonly code: string;
  /** HTTP status of the answer; null where there was none. */
  readonly status: number | null;
  /** `client` or `server` where a service answered. */
  readonly fault: string | null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const string = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An answer that is not in the service's own language leaves its status in a hidden `$response`. */
function statusOf(error: Readonly<Record<string, unknown>>): number | null {
  const metadata = error['$metadata'];
  const response = error['$response'];
  const status =
    (isRecord(metadata) ? metadata['httpStatusCode'] : undefined) ??
    (isRecord(response) ? response['statusCode'] : undefined);
  return typeof status === 'number' ? status : null;
}

function failureOf(error: Readonly<Record<string, unknown>>): AwsFailure {
  const code = string(error['Code']) || string(error['code']);
  const name = string(error['name']);
  return {
    // Query-protocol services give the code a name of its own when the SDK has no class for it.
    name: name === '' || name === 'Error' ? code || name : name,
    message: string(error['message']),
    code,
    status: statusOf(error),
    fault: string(error['$fault']) || null
  };
}

/** An error and all that it wraps, outermost first; a cycle ends the walk. */
export function linksOf(error: unknown): readonly AwsFailure[] {
  const seen = new Set<unknown>();
  const links: AwsFailure[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0) {
    const next = waiting.shift();
    if (!isRecord(next) || seen.has(next)) continue;
    seen.add(next);
    links.push(failureOf(next));
    const inner = next['errors'];
    waiting.push(next['cause'], ...(Array.isArray(inner) ? (inner as unknown[]) : []));
  }
  return links;
}
