import { asksOf, type Ask } from './asks.ts';
import { refusal, type Faults, type FaultKind } from './faults.ts';
import { permissionsOf } from './permissions.ts';
import { scopeOf } from './request.ts';
import { iamReply, readIam } from './services/iam.ts';
import type { Caller } from './services/service.ts';
import type { Served } from './services/services.ts';
import { mistakeIn } from './wire/checked.ts';
import type { WireRequest, WireResponse } from './wire/bindings.ts';
import { ApiError, failure } from './wire/failure.ts';
import type { Understood } from './wire/protocols.ts';
import type { World } from './world/world.ts';

/** A call that came in. */
export interface Call {
  /** Prefix of its actions in policies. */
  readonly service: string;
  readonly action: string;
  readonly principal: string;
  /** What a policy has to allow for it. */
  readonly permissions: readonly string[];
  /** The same with what it is done to. */
  readonly asks: readonly Ask[];
  readonly input: unknown;
  /** What was answered; null where the call failed. */
  output: unknown;
  /** Code of the error, or how the call was made to fail; null where it went well. */
  error: string | null;
}

export interface Desk {
  readonly world: World;
  readonly served: ReadonlyMap<string, Served>;
  readonly faults: Faults;
  readonly calls: Call[];
  /** What the server itself did wrong, or does not know; a test that leaves any fails. */
  readonly mistakes: string[];
  /** Who has this access key; null where nobody has. */
  callerOf(accessKeyId: string): Caller | null;
}

/** An answer, or a connection that ends without one. */
export type Reply = WireResponse | 'timeout' | 'cut';

export async function answerCall(desk: Desk, request: WireRequest): Promise<Reply> {
  const scope = scopeOf(request);
  if (scope?.service === 'iam') return answerIam(desk, request, scope.accessKeyId);
  const served = desk.served.get(scope?.service ?? '');
  if (scope === null || served === undefined) return unknownService(desk, request, scope?.service);
  const { protocol } = served.service;
  const caller = desk.callerOf(scope.accessKeyId);
  if (caller === null) return failure(protocol, unknownKey(protocol));
  const understood = served.read(request);
  if (understood === null)
    return unknownAction(desk, served, `${request.method} ${request.url.pathname}`);
  return carryOut(desk, served, understood, caller);
}

/** IAM has no client here: the one question that is asked of it is read by hand. */
function answerIam(desk: Desk, request: WireRequest, accessKeyId: string): Reply {
  const caller = desk.callerOf(accessKeyId);
  if (caller === null) return failure('query', unknownKey('query'));
  const { action, input } = readIam(request);
  const call = newCall(desk.world, 'iam', action, caller, input);
  desk.calls.push(call);
  const reply = iamReply(desk.world, action, input);
  if (reply.status >= 400) call.error = String(reply.status);
  return reply;
}

async function carryOut(
  desk: Desk,
  served: Served,
  understood: Understood,
  caller: Caller
): Promise<Reply> {
  const { service } = served;
  const action = understood.operation.name;
  const call = newCall(desk.world, service.name, action, caller, understood.input);
  desk.calls.push(call);
  const fault = desk.faults.take(service.name, action);
  const broken = fault === null ? null : brokenReply(fault.how, served, call);
  if (fault !== null && broken !== null && fault.when !== 'after') {
    call.error = fault.how;
    return broken;
  }
  passTime(desk.world, action);
  const reply = await perform(desk, served, understood, caller, call);
  return broken ?? reply;
}

export function newCall(
  world: World,
  service: string,
  action: string,
  caller: Caller,
  input: unknown
): Call {
  return {
    service,
    action,
    principal: caller.arn,
    permissions: permissionsOf(service, action),
    asks: asksOf(world, service, action, input, caller),
    input,
    output: null,
    error: null
  };
}

function brokenReply(how: FaultKind, { service }: Served, call: Call): Reply {
  const refused = refusal(how, {
    service: service.name,
    protocol: service.protocol,
    principal: call.principal,
    permission: call.permissions[0] ?? ''
  });
  if (refused !== null) return failure(service.protocol, refused);
  return how === 'cut' ? 'cut' : 'timeout';
}

const READING = /^(Describe|Get|List|Head)/;

/** Whoever looks sees a step more than the one before. */
export function passTime({ time }: World, action: string): void {
  if (READING.test(action)) time.step();
  time.settle();
}

async function perform(
  desk: Desk,
  served: Served,
  { operation, input, answer }: Understood,
  caller: Caller,
  call: Call
): Promise<WireResponse> {
  const { service } = served;
  const act = service.actions[operation.name];
  if (act === undefined) return unknownAction(desk, served, operation.name);
  try {
    const output = defined(await act(input as never, { world: desk.world, caller }));
    const mistake = mistakeIn(operation.output, output);
    if (mistake !== null) throw new Error(mistake);
    call.output = output;
    return answer(output);
  } catch (error) {
    return failed(desk, served, call, error);
  }
}

function failed(desk: Desk, { service }: Served, call: Call, error: unknown): WireResponse {
  if (error instanceof ApiError) {
    call.error = error.code;
    return failure(service.protocol, error);
  }
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  desk.mistakes.push(`${service.name}:${call.action}: ${words}`);
  call.error = 'mistake';
  return failure(service.protocol, new ApiError('InternalFailure', words, 500));
}

/** Without members that are undefined: they are not there. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  const isPlain = typeof value === 'object' && value !== null && !isLeaf(value);
  if (!isPlain) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === undefined ? [] : [[name, defined(each)]]
    )
  );
}

const isLeaf = (value: object): boolean => value instanceof Date || value instanceof Uint8Array;

const unknownKey = (protocol: string): ApiError =>
  protocol === 'query' || protocol === 'rest-xml'
    ? new ApiError(
        'InvalidClientTokenId',
        'The security token included in the request is invalid.',
        403
      )
    : new ApiError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        403
      );

function unknownAction(desk: Desk, { service }: Served, action: string): WireResponse {
  const words = `the server of the tests does not know ${service.name}:${action}`;
  desk.mistakes.push(words);
  return failure(service.protocol, new ApiError('UnknownOperationException', words, 400));
}

function unknownService(desk: Desk, request: WireRequest, name: string | undefined): WireResponse {
  const words = `the server of the tests does not know ${name ?? 'whose'} ${request.method} ${request.url.pathname}`;
  desk.mistakes.push(words);
  return failure('rest-json', new ApiError('UnknownService', words, 404));
}
