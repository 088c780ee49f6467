import type { ClientMessage } from '../../shared/live-protocol.ts';

/** The part of a comm that a client needs. */
export interface LiveComm {
  readonly isDisposed: boolean;
  send(message: ClientMessage): void;
  /** Closes the comm where the kernel still answers, and forgets it. */
  dispose(): void;
}

export interface LiveCommHandlers {
  /** Untrusted content of a comm message. */
  readonly message: (data: unknown) => void;
  readonly closed: () => void;
}
