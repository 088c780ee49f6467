import type { RequestChannel, Transport } from '../../src/kernel/transport.ts';
import type { Header, JsonObject, WireMessage } from '../../src/kernel/wire.ts';

export interface Sent {
  readonly channel: RequestChannel | 'iopub';
  readonly type: string;
  readonly content: JsonObject;
  readonly parentId: string | null;
}

/** Keeps what the kernel sends, in order over all channels. */
export class RecordingTransport implements Transport {
  readonly sent: Sent[] = [];

  publish(type: string, content: JsonObject, parent: Header | null): void {
    this.sent.push({ channel: 'iopub', type, content, parentId: parent?.msg_id ?? null });
  }

  reply(channel: RequestChannel, type: string, content: JsonObject, request: WireMessage): void {
    this.sent.push({ channel, type, content, parentId: request.header.msg_id });
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  /** Types of the messages sent for one request, a status with its state. */
  typesFor(parentId: string): string[] {
    return this.sent
      .filter(message => message.parentId === parentId)
      .map(({ type, content }) => (type === 'status' ? String(content.execution_state) : type));
  }

  of(type: string): Sent[] {
    return this.sent.filter(message => message.type === type);
  }
}
