import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EnvironmentVariables, HeadracePaths } from '../paths.ts';
import { runProgram } from '../child.ts';
import { ivyFailure } from './ivy-output.ts';
import { trustStore, trustedCertificates } from './trust-store.ts';

/** What a run of Ivy needs; https://ant.apache.org/ivy/history/latest-milestone/standalone.html */
export interface IvySettings {
  readonly java: string;
  /** Folder of pyspark, whose jars contain Ivy. */
  readonly sparkHome: string;
  readonly paths: HeadracePaths;
  /** `HEADRACE_IVY_SETTINGS` names the user's mirrors; certificates of the machine count too. */
  readonly env?: EnvironmentVariables;
}

export interface IvyRequest {
  /** Text of the Ivy module that says what is wanted. */
  readonly module: string;
  /** How retrieved files are named. */
  readonly fileName: string;
  readonly onLine?: (line: string) => void;
  readonly signal: AbortSignal;
  /** What happens with the folder of the retrieved files before it is removed. */
  readonly take: (folder: string, files: readonly string[]) => Promise<void>;
}

const STORE_PASSWORD = 'changeit';

/**
 * Retrieves what a module asks for into a fresh folder under the jar cache and hands it to `take`.
 * Files that Ivy fetched stay in its own cache, so a run that was broken off goes on where it ended.
 * Rejects with HR_DOWNLOAD, HR_INTERRUPTED or HR_PROCESS.
 */
export async function retrieve(settings: IvySettings, request: IvyRequest): Promise<void> {
  await mkdir(settings.paths.jars, { recursive: true });
  await mkdir(settings.paths.ivy, { recursive: true });
  const work = await mkdtemp(path.join(settings.paths.jars, '.incoming-'));
  try {
    const folder = path.join(work, 'jars');
    await mkdir(folder);
    const args = await ivyArguments(settings, request, work);
    const end = await runProgram(settings.java, args, {
      signal: request.signal,
      ...(request.onLine === undefined ? {} : { onLine: request.onLine })
    });
    if (end.code !== 0) throw ivyFailure(end.lines);
    await request.take(folder, await readdir(folder));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Forgets one artifact, so that the next run downloads it again. */
export async function forget(paths: HeadracePaths, coordinate: string): Promise<void> {
  const [group = '', artifact = ''] = coordinate.split(':');
  await rm(path.join(paths.ivy, 'cache', group, artifact), { recursive: true, force: true });
}

async function ivyArguments(
  settings: IvySettings,
  request: IvyRequest,
  work: string
): Promise<string[]> {
  const env = settings.env ?? process.env;
  const module = path.join(work, 'ivy.xml');
  const store = path.join(work, 'trust.jks');
  await writeFile(module, request.module);
  await writeFile(store, trustStore(await trustedCertificates(env), STORE_PASSWORD));
  const mirrors = env.HEADRACE_IVY_SETTINGS ?? '';
  return [
    ...['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
    ...proxyFlags(env),
    `-Djavax.net.ssl.trustStore=${store}`,
    '-Djavax.net.ssl.trustStoreType=JKS',
    `-Djavax.net.ssl.trustStorePassword=${STORE_PASSWORD}`,
    `-Divy.default.ivy.user.dir=${settings.paths.ivy}`,
    ...['-cp', path.join(settings.sparkHome, 'jars/*'), 'org.apache.ivy.Main'],
    ...(mirrors === '' ? [] : ['-settings', mirrors]),
    ...['-cache', path.join(settings.paths.ivy, 'cache')],
    ...['-ivy', module, '-confs', 'default'],
    ...['-retrieve', path.join(work, 'jars', request.fileName)]
  ];
}

/** Java knows nothing of `HTTPS_PROXY`, which npm and pip follow. */
export function proxyFlags(env: EnvironmentVariables): string[] {
  const hosts = env.no_proxy ?? env.NO_PROXY;
  const direct = hosts === undefined ? [] : [`-Dhttp.nonProxyHosts=${javaHosts(hosts)}`];
  const secure = proxy('https', env.https_proxy ?? env.HTTPS_PROXY);
  const plain = proxy('http', env.http_proxy ?? env.HTTP_PROXY);
  const flags = [...secure, ...plain];
  return flags.length === 0 ? [] : [...flags, ...direct];
}

function proxy(scheme: string, text: string | undefined): string[] {
  if (text === undefined || !URL.canParse(text)) return [];
  const url = new URL(text);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return [`-D${scheme}.proxyHost=${url.hostname}`, `-D${scheme}.proxyPort=${port}`];
}

function javaHosts(list: string): string {
  const hosts = list.split(',').map(host => host.trim());
  return hosts
    .filter(host => host !== '')
    .map(host => (host.startsWith('.') ? `*${host}` : host))
    .join('|');
}
