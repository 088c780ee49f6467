import type { LiveComm, LiveCommHandlers } from '../../src/extension/link/live-comm.ts';
import type { LiveSink } from '../../src/extension/link/sinks.ts';
import type { Connection } from '../../src/panels/view-state.ts';
import type { ClientMessage, ServerMessage } from '../../src/shared/live-protocol.ts';
import type { ViewFrame, ViewSpec } from '../../src/shared/view.ts';

/** The page's end of a comm; a test speaks for the kernel. */
export class TestComm implements LiveComm {
  readonly sent: ClientMessage[] = [];
  readonly handlers: LiveCommHandlers;
  isDisposed = false;

  constructor(handlers: LiveCommHandlers) {
    this.handlers = handlers;
  }

  send(message: ClientMessage): void {
    this.sent.push(message);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  answer(message: ServerMessage): void {
    this.handlers.message(message);
  }

  /** What was sent of one type. */
  of<T extends ClientMessage['type']>(type: T): Extract<ClientMessage, { type: T }>[] {
    return this.sent.filter(
      (message): message is Extract<ClientMessage, { type: T }> => message.type === type
    );
  }
}

/** A view that remembers what it was told. */
export class TestSink implements LiveSink {
  readonly id: string;
  wantsFrames = true;
  readonly paintMs = 7;
  readonly seqs: number[] = [];
  readonly frames: ViewFrame[] = [];
  readonly connections: Connection[] = [];
  readonly described: ViewSpec[] = [];
  /** Set for a view that has ended with this stream. */
  endedWith: string | null = null;
  droppedFrames = 0;

  constructor(id: string) {
    this.id = id;
  }

  receive(frame: ViewFrame, seq: number): void {
    this.frames.push(frame);
    this.seqs.push(seq);
  }

  dropped(count: number): void {
    this.droppedFrames += count;
  }

  connect(connection: Connection): void {
    this.connections.push(connection);
  }

  revive(running: ReadonlyMap<string, number>): boolean {
    if (this.endedWith === null || !running.has(this.endedWith)) return false;
    this.endedWith = null;
    this.wantsFrames = true;
    return true;
  }

  describe(view: ViewSpec): void {
    this.described.push(view);
  }
}
