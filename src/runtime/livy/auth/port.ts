import type { LivyCapabilities } from '../port.ts';

/** A request as it goes out, but for what the authentication adds. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where there is none. */
  readonly body: string | undefined;
}

/** How requests tell the endpoint who asks; called for each of them, a repeated one included. */
export interface Authentication {
  readonly kind: LivyCapabilities['auth'];
  /** Headers to add to the request. */
  headers(request: OutgoingRequest): Promise<Readonly<Record<string, string>>>;
}
