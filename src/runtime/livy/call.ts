/** Longest waits for a reply, milliseconds. */
export interface Timeouts {
  readonly read: number;
  /** Changes, and statements that are handed over; not until they have ended. */
  readonly change: number;
  /** Creating a session may wait for a cluster; an upload for the network. */
  readonly create: number;
}

/** One request to Livy. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Sent as JSON, but for a form. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly limit?: keyof Timeouts;
  /** Twice is as good as once; GET and DELETE always are. */
  readonly repeatable?: boolean;
}
