import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../../src/runtime/clock.ts';
import { answerCall, newCall, type Call, type Desk, type Reply } from './calls.ts';
import { createFaults, type Faults } from './faults.ts';
import { createForeign, type Foreign } from './foreign.ts';
import {
  answerLivy,
  livyInput,
  livyPath,
  LIVY_PREFIX,
  type Keys,
  type LivyBehind
} from './livy.ts';
import { readRequest, scopeOf, send } from './request.ts';
import { emrCluster } from './services/emr.ts';
import { servedBySigningName } from './services/services.ts';
import { createTime } from './world/time.ts';
import { memoryTopics, type TopicStore } from './world/topics.ts';
import { createHex, type ResourceFailure, type Work, type World } from './world/world.ts';

export interface AwsOptions {
  /** `host:port` of the brokers that every Kafka cluster of the account has. */
  readonly brokers?: readonly string[];
  /** Whether these brokers speak TLS, as those of MSK do; defaults to true. */
  readonly brokersSpeakTls?: boolean;
  /** Where topics are made; defaults to memory. */
  readonly topics?: TopicStore;
  readonly livy?: LivyBehind;
  /** With a clock, resources progress by its time; without, by a step for each call that reads. */
  readonly clock?: Clock;
  /** Milliseconds of a step; defaults to a minute with a clock, and to one without. */
  readonly stepMs?: number;
  /** Defaults to `eu-west-1`. */
  readonly region?: string;
  readonly account?: string;
  readonly zones?: readonly string[];
  /** Versions of Kafka that MSK makes, and releases of EMR that the region has; a few by default. */
  readonly kafkaVersions?: readonly string[];
  readonly releases?: readonly string[];
  /** Entries in a page of a listing; defaults to 100. */
  readonly pageSize?: number;
  /** Who calls; more than one where a test needs them. */
  readonly principals?: readonly { readonly arn: string; readonly keys: Keys }[];
}

/** A small AWS on loopback, for the real clients of the SDK. */
export interface FakeAws {
  readonly url: string;
  readonly region: string;
  readonly account: string;
  /** Of the first principal. */
  readonly keys: Keys;
  /** What a process needs to work with it. */
  readonly env: Readonly<Record<string, string>>;
  readonly faults: Faults;
  readonly foreign: Foreign;
  /** All calls, in order; calls to Livy have the service `livy`. */
  readonly calls: readonly Call[];
  /** What CloudFormation did for its caller. */
  readonly worked: readonly Work[];
  readonly world: World;
  /** Address of the Livy endpoint of an application. */
  livyUrl(application: string): string;
  /** The next time that the resource is made (or `on`), it fails. */
  failResource(
    logicalId: string,
    reason: string,
    options?: { readonly on?: ResourceFailure['on']; readonly times?: number }
  ): void;
  /** How jobs and steps of this name end, which otherwise run on or end well. */
  endJob(name: string, ending: { readonly succeeded: boolean; readonly reason?: string }): void;
  /** An EMR cluster ends by itself, as its auto-termination policy wants it; its stack does not learn of it. */
  endCluster(id: string, reason: string): void;
  /** Ends the server; rejects with what it did wrong or was asked and does not know. */
  close(): Promise<void>;
}

const REGION = 'eu-west-1';
const KAFKA_VERSIONS = [
  '3.8.x',
  '3.8.x.kraft',
  '3.9.x',
  '3.9.x.kraft',
  '4.0.x.kraft',
  '4.1.x.kraft'
];
const RELEASES = ['emr-7.13.0', 'emr-7.14.0', 'emr-spark-8.0.0', 'emr-spark-8.1.0'];
const ACCOUNT = '123456789012';
const PRINCIPAL = {
  arn: `arn:aws:iam::${ACCOUNT}:user/tester`,
  keys: { accessKeyId: 'AKIATESTERTESTERTEST', secretAccessKey: 'a secret of the tests' }
};

export async function startAws(options: AwsOptions = {}): Promise<FakeAws> {
  const world = createWorld(options);
  const principals = options.principals ?? [PRINCIPAL];
  const { keys } = principals[0] ?? PRINCIPAL;
  const faults = createFaults();
  const desk: Desk = {
    world,
    served: servedBySigningName(),
    faults,
    calls: [],
    mistakes: [],
    callerOf(accessKeyId) {
      const found = principals.find(each => each.keys.accessKeyId === accessKeyId);
      return found === undefined ? null : { arn: found.arn, accessKeyId };
    }
  };
  const keysOf = (id: string): Keys | null =>
    principals.find(each => each.keys.accessKeyId === id)?.keys ?? null;
  const server = createServer((message, response) => {
    answer(desk, message, keysOf, options.livy ?? null).then(
      reply => end(response, reply),
      (error: unknown) => {
        desk.mistakes.push(String(error));
        response.destroy();
      }
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    region: world.region,
    account: world.account,
    keys,
    env: environment(url, world.region, keys),
    faults,
    foreign: createForeign(world),
    calls: desk.calls,
    worked: world.worked,
    world,
    livyUrl: application => `${url}${LIVY_PREFIX}${application}`,
    failResource: (logicalId, reason, { on = 'create', times = 1 } = {}) =>
      void world.failures.push({ logicalId, reason, on, times }),
    endJob: (name, { succeeded, reason = '' }) =>
      void world.endings.set(name, { succeeded, reason }),
    endCluster(id, reason) {
      emrCluster(world, id).state = 'TERMINATED';
      world.clusterEnds.set(id, { at: world.time.now(), reason });
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      if (desk.mistakes.length > 0) throw new Error(desk.mistakes.join('\n'));
    }
  };
}

function createWorld(options: AwsOptions): World {
  const { clock, region = REGION, account = ACCOUNT } = options;
  return {
    account,
    region,
    partition: 'aws',
    zones: options.zones ?? ['a', 'b', 'c'].map(letter => region + letter),
    time: createTime(clock ?? null, options.stepMs ?? (clock === undefined ? 1 : 60_000)),
    brokers: options.brokers ?? ['127.0.0.1:9092'],
    brokersSpeakTls: options.brokersSpeakTls ?? true,
    topics: options.topics ?? memoryTopics(),
    ...offersOf(options),
    pageSize: options.pageSize ?? 100,
    things: new Map(),
    rules: new Map(),
    stacks: new Map(),
    changeSets: new Map(),
    objects: new Map(),
    jobRuns: new Map(),
    steps: new Map(),
    operations: new Map(),
    endings: new Map(),
    clusterEnds: new Map(),
    failures: [],
    worked: [],
    hex: createHex()
  };
}

/** What the services of the region can make. */
function offersOf({ kafkaVersions = KAFKA_VERSIONS, releases = RELEASES }: AwsOptions) {
  return { kafkaVersions, releases };
}

function environment(url: string, region: string, keys: Keys): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...(keys.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.sessionToken })
  };
}

async function answer(
  desk: Desk,
  message: IncomingMessage,
  keysOf: (accessKeyId: string) => Keys | null,
  livy: LivyBehind | null
): Promise<Reply> {
  const request = await readRequest(message);
  if (!request.url.pathname.startsWith(LIVY_PREFIX)) return answerCall(desk, request);
  const accessKeyId = scopeOf(request)?.accessKeyId ?? '';
  const { path } = livyPath(request.url);
  const action = `${request.method} ${path.replace(/\d+/g, 'N').replace(/\?.*/, '')}`;
  const caller = desk.callerOf(accessKeyId) ?? { arn: 'anonymous', accessKeyId };
  const call = newCall(desk.world, 'livy', action, caller, livyInput(request));
  desk.calls.push(call);
  const fault = desk.faults.take('livy', action);
  if (fault?.how === 'cut' || fault?.how === 'timeout') return fault.how;
  desk.world.time.settle();
  const reply = await answerLivy(desk.world, message, request, keysOf(accessKeyId), livy);
  if (reply.status >= 400) call.error = String(reply.status);
  return reply;
}

function end(response: ServerResponse, reply: Reply): void {
  if (reply === 'cut') response.destroy();
  // Whoever waits for nothing gives up first, or the server ends.
  else if (reply !== 'timeout') send(response, reply);
}
