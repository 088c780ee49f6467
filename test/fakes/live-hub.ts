import { CommManager } from '../../src/kernel/comms/comm-manager.ts';
import { LiveHub, type LiveHubOptions } from '../../src/kernel/live/live-hub.ts';
import { LIVE_COMM_TARGET } from '../../src/shared/names.ts';
import {
  serverMessageSchema,
  type ClientMessage,
  type ServerMessage
} from '../../src/shared/live-protocol.ts';
import { viewFrameSchema, type ViewFrame } from '../../src/shared/view.ts';
import { ManualClock } from './manual-clock.ts';
import { RecordingDisplay } from './recording-display.ts';
import { RecordingTransport } from './recording-transport.ts';
import { TestStream } from './stream-handle.ts';
import { wordBars } from './views.ts';

/** A page with the extension, as the hub sees it. */
export class TestPage {
  readonly #comms: CommManager;
  readonly #transport: RecordingTransport;
  readonly id: string;

  constructor(comms: CommManager, transport: RecordingTransport, id: string) {
    this.#comms = comms;
    this.#transport = transport;
    this.id = id;
    comms.open(id, LIVE_COMM_TARGET, {});
  }

  say(message: ClientMessage): void {
    this.#comms.message(this.id, message);
  }

  watch(...views: string[]): void {
    this.say({ type: 'watch', views });
  }

  ack(seq = 0): void {
    this.say({ type: 'ack', seq });
  }

  /** Everything sent to this page, checked against the protocol. */
  get heard(): ServerMessage[] {
    return this.#transport
      .of('comm_msg')
      .filter(({ content }) => content.comm_id === this.id)
      .map(({ content }) => serverMessageSchema.parse(content.data));
  }

  get frames(): Extract<ServerMessage, { type: 'frame' }>[] {
    return this.heard.filter(message => message.type === 'frame');
  }

  /** The last frame of a view; undefined where the last message has none. */
  frameOf(view: string): ViewFrame | undefined {
    const frame = this.frames.at(-1)?.views[view];
    return frame === undefined ? undefined : viewFrameSchema.parse(frame);
  }

  /** Counts of the words in the last frame. */
  get counts(): Record<string, unknown> {
    const data = this.frameOf(wordBars.id)?.data;
    return Object.fromEntries((data?.word ?? []).map((word, at) => [String(word), data?.n?.[at]]));
  }
}

export interface HubSetup {
  readonly hub: LiveHub;
  readonly clock: ManualClock;
  readonly transport: RecordingTransport;
  readonly display: RecordingDisplay;
  readonly stream: TestStream;
  readonly log: string[];
  readonly page: (id?: string) => TestPage;
}

/** A hub on a clock of its own; pictures are drawn as one byte. */
export function setUpHub(overrides: Partial<LiveHubOptions> = {}): HubSetup {
  const clock = new ManualClock();
  const transport = new RecordingTransport();
  const comms = new CommManager(transport);
  const log: string[] = [];
  const hub = new LiveHub({
    comms,
    clock,
    draw: () => Promise.resolve(Buffer.from([1])),
    findView: () => Promise.resolve(null),
    trace: () => Promise.resolve({ records: [], searched: 0, note: 'nothing is searched here' }),
    inventory: {
      take: () => Promise.resolve({ sessions: [], streams: [], topics: [], producers: [] }),
      end: () => Promise.resolve()
    },
    log: line => log.push(line),
    ...overrides
  });
  return {
    hub,
    clock,
    transport,
    display: new RecordingDisplay(),
    stream: new TestStream(),
    log,
    page: (id = 'page') => new TestPage(comms, transport, id)
  };
}
