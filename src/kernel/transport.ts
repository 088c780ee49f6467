import type { Header, JsonObject, WireMessage } from './wire.ts';

/** The channels on which clients ask. */
export type RequestChannel = 'shell' | 'control';

/** What the handlers of the kernel need of the sockets. */
export interface Transport {
  /** Broadcasts to all clients; `parent` is the header of the request behind it. */
  publish(type: string, content: JsonObject, parent: Header | null): void;
  /** Answers the one client that asked, on the channel where it asked. */
  reply(channel: RequestChannel, type: string, content: JsonObject, request: WireMessage): void;
  /** Resolves when every broadcast so far is handed to the network. */
  flush(): Promise<void>;
}
