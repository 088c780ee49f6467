import type { IncomingMessage } from 'node:http';
import { isSigned } from '../../../conformance/replay/signature.ts';
import { APPLICATION } from './services/applications.ts';
import { isRecord } from './wire/checked.ts';
import type { WireRequest, WireResponse } from './wire/bindings.ts';
import { parsed } from './wire/codecs.ts';
import { isTrue, objectIn, type World } from './world/world.ts';

/** The Livy that does the work, such as the local gateway. */
export interface LivyBehind {
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: string;
  /** Folder in which its Spark has the buckets: it knows no `s3:`. */
  readonly buckets?: string;
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const LIVY_PREFIX = '/livy-host/';
const ROLE = 'emr-serverless.session.executionRoleArn';

/** What is asked of the endpoint: its application, and the path behind that. */
export function livyPath(url: URL): { readonly application: string; readonly path: string } {
  const [application = '', ...rest] = url.pathname.slice(LIVY_PREFIX.length).split('/');
  return { application, path: `/${rest.join('/')}${url.search}` };
}

/** What of a request to Livy matters to IAM. */
export function livyInput(request: WireRequest): Readonly<Record<string, unknown>> {
  const { application, path } = livyPath(request.url);
  const body = request.method === 'POST' && path === '/sessions' ? parsed(request.body) : null;
  const role = isRecord(body) && isRecord(body['conf']) ? body['conf'][ROLE] : undefined;
  return {
    applicationId: application,
    ...(typeof role === 'string' ? { executionRoleArn: role } : {})
  };
}

/**
 * The Livy endpoint of an application. It takes what AWS takes: a signature that is right, an application
 * that is started and has the endpoint, the calls that its documentation lists.
 * https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/interactive-workloads-livy-endpoints.html
 */
export async function answerLivy(
  world: World,
  message: IncomingMessage,
  request: WireRequest,
  keys: Keys | null,
  behind: LivyBehind | null
): Promise<WireResponse> {
  const body = request.body.toString('utf8');
  if (keys === null || !isSigned(message, body, world.region, keys)) {
    return refuse(
      403,
      'The request signature we calculated does not match the signature you provided.'
    );
  }
  const { application, path } = livyPath(request.url);
  const closed = closedReason(world, application);
  if (closed !== null) return refuse(400, closed);
  if (behind === null) return refuse(503, 'the server of the tests has no Livy behind it');
  if (/^\/batches|^\/sessions\/\d+\/log/.test(path)) return refuse(404, 'Not Found');
  if (request.method !== 'POST' || path !== '/sessions')
    return forward(request, path, body, behind);
  const session = withoutRole(parsed(request.body));
  return session === null
    ? refuse(400, `${ROLE} must be given in conf`)
    : forward(request, path, JSON.stringify(session), behind);
}

function closedReason(world: World, id: string): string | null {
  const application = world.things.get(id);
  if (application?.type !== APPLICATION) return `Application ${id} does not exist`;
  const interactive = objectIn(application.properties, 'InteractiveConfiguration');
  if (!isTrue(interactive['LivyEndpointEnabled'])) {
    return `The Livy endpoint of application ${id} is not enabled`;
  }
  return application.state === 'STARTED' ? null : `Application ${id} is not started`;
}

/**
 * The role and the jars are a matter of the endpoint: the Livy behind does not know the one and has the others, of
 * its own release of Spark. Null where the role is missing.
 */
function withoutRole(session: unknown): object | null {
  if (!isRecord(session) || !isRecord(session['conf'])) return null;
  const { [ROLE]: role, ...rest } = session['conf'];
  const conf = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !name.startsWith('spark.jars'))
  );
  return typeof role === 'string' && role !== '' ? { ...session, conf } : null;
}

async function forward(
  { method, headers }: WireRequest,
  path: string,
  body: string,
  { url, token, buckets }: LivyBehind
): Promise<WireResponse> {
  const answer = await fetch(`${url.replace(/\/$/, '')}${path}`, {
    method,
    headers: {
      'content-type': headers['content-type'] ?? 'application/json',
      'x-requested-by': 'emr-serverless',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` })
    },
    ...(body === '' ? {} : { body: inFolder(body, buckets) })
  });
  return {
    status: answer.status,
    headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
    body: new Uint8Array(await answer.arrayBuffer())
  };
}

function inFolder(body: string, buckets: string | undefined): string {
  return buckets === undefined ? body : body.replaceAll('s3://', `file://${buckets}/`);
}

const refuse = (status: number, message: string): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message })
});
