import { readFile } from 'node:fs/promises';
import {
  livyTargetSchema,
  type LivyTarget,
  type TargetType
} from '../../../runtime/livy/target.ts';
import { EXECUTION_ROLE_KEY } from '../../../runtime/profile/doctor/aws-checks.ts';
import { requireFile } from '../../files/notebook-file.ts';
import { refuse } from './refuse.ts';

export interface LivyArguments {
  readonly livy?: string | undefined;
  readonly livyType?: TargetType | undefined;
  readonly livyAuth?: LivyTarget['auth']['kind'] | undefined;
  readonly livyUser?: string | undefined;
  readonly livySecretFile?: string | undefined;
  readonly role?: string | undefined;
  readonly conf: readonly string[];
}

const SERVERLESS_HOST = /\.emr-serverless-services(?:-[a-z]+)?\.[a-z0-9-]+\.amazonaws\.com/;

/**
 * The Livy endpoint that the flags name, over what a stack told of one. Its secret is read from a file, so
 * that no cell has it.
 *
 * @throws HR_USAGE where a flag is missing
 */
export async function livyFrom(
  given: LivyArguments,
  found: LivyTarget | null,
  region: () => Promise<string>,
  cwd: string
): Promise<LivyTarget> {
  const url = given.livy ?? found?.url;
  if (url === undefined)
    throw refuse('needs --livy URL', 'Add it; the stack, if one was named, tells none.');
  // Of another endpoint than its own a stack tells settings only.
  const own = given.livy === undefined ? found : null;
  const type = given.livyType ?? typeOf(url, own);
  const conf = confFrom(given, found);
  if (type === 'emr-serverless' && !(EXECUTION_ROLE_KEY in conf))
    throw refuse('needs --role ARN', 'Sessions of EMR Serverless run with a role of their own.');
  const auth =
    own !== null && given.livyAuth === undefined
      ? own.auth
      : await authFrom(given, type, region, cwd);
  return livyTargetSchema.parse({ url, type, auth, conf, overrides: own?.overrides ?? {} });
}

/** What a stack told of its own endpoint, else what the name of the host tells. */
function typeOf(url: string, found: LivyTarget | null): TargetType {
  return found?.type ?? (SERVERLESS_HOST.test(url) ? 'emr-serverless' : 'livy');
}

function confFrom({ conf, role }: LivyArguments, found: LivyTarget | null): LivyTarget['conf'] {
  return {
    ...found?.conf,
    ...Object.fromEntries(conf.map(splitSetting)),
    ...(role === undefined ? {} : { [EXECUTION_ROLE_KEY]: role })
  };
}

async function authFrom(
  { livyAuth, livyUser, livySecretFile }: LivyArguments,
  type: TargetType,
  region: () => Promise<string>,
  cwd: string
): Promise<LivyTarget['auth']> {
  const kind = livyAuth ?? (type === 'emr-serverless' ? 'sigv4' : 'none');
  switch (kind) {
    case 'none':
      return { kind };
    case 'sigv4':
      return { kind, region: await region() };
    case 'bearer':
      return { kind, token: await secret(livySecretFile, kind, cwd) };
    case 'basic':
      if (livyUser === undefined) throw refuse('needs --livy-user for --livy-auth basic');
      return { kind, user: livyUser, password: await secret(livySecretFile, kind, cwd) };
  }
}

async function secret(name: string | undefined, kind: string, cwd: string): Promise<string> {
  if (name === undefined) throw refuse(`needs --livy-secret-file for --livy-auth ${kind}`);
  const file = await requireFile(cwd, name, 'a file whose first line is the secret');
  const line = (await readFile(file, 'utf8')).split(/\r?\n/)[0] ?? '';
  if (line === '')
    throw refuse(`finds no secret in ${name}`, 'Its first line has to be the secret.');
  return line;
}

function splitSetting(setting: string): [key: string, value: string] {
  const at = setting.indexOf('=');
  return [setting.slice(0, at).trim(), setting.slice(at + 1).trim()];
}
