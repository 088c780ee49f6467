import { randomUUID } from 'node:crypto';
import type { Clock } from '../runtime/clock.ts';
import type { Header, JsonObject, WireMessage } from './wire.ts';

/** The version that every message of this kernel carries; 5.5 is the first one with `iopub_welcome`. */
export const PROTOCOL_VERSION = '5.5';

/** Makes the messages of one kernel process; all share its session id. */
export class Session {
  readonly #id = randomUUID();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new message; `parent` is the header of the request it belongs to. */
  message(
    type: string,
    content: JsonObject,
    parent: Header | null,
    identities: readonly Buffer[]
  ): WireMessage {
    const header = {
      msg_id: randomUUID(),
      msg_type: type,
      session: this.#id,
      username: 'kernel',
      date: new Date(this.#clock.now()).toISOString(),
      version: PROTOCOL_VERSION
    };
    return { identities, header, parent: parent ?? {}, metadata: {}, content, buffers: [] };
  }
}
