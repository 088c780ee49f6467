import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import type { AwsCredentials } from '../livy/auth/sigv4.ts';
import { SCRAM_MECHANISMS, type KafkaClientAuth } from './auth.ts';

/** Path of a file with a text in PEM. */
const file = z.string().min(1);

/** Where a secret is: in a variable of the environment, or in a file whose first line it is. */
const secretSchema = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }),
  z.strictObject({ file })
]);
type Secret = z.infer<typeof secretSchema>;

/** The part of {@link KafkaClientAuth} that may be kept on disk: no secret, but where each is. */
export const kafkaAuthRecordSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('tls'), ca: file.exactOptional() }),
  z.strictObject({
    kind: z.literal('iam'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
    ca: file.exactOptional()
  }),
  z.strictObject({
    kind: z.literal('scram'),
    mechanism: z.enum(SCRAM_MECHANISMS).default('SCRAM-SHA-512'),
    username: z.string().min(1),
    password: secretSchema,
    ca: file.exactOptional()
  }),
  z.strictObject({ kind: z.literal('mtls'), key: file, cert: file, ca: file.exactOptional() })
]);
export type KafkaAuthRecord = z.infer<typeof kafkaAuthRecordSchema>;

/** Whether a login needs a secret: statements are kept and shown by Spark, so none may be in one. */
export function needsSecret(
  auth: Pick<KafkaAuthRecord, 'kind'>
): auth is { readonly kind: 'scram' | 'mtls' } {
  return auth.kind === 'scram' || auth.kind === 'mtls';
}

/** The places where the secrets of a record are looked for. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => Promise<string>;
  /** For `iam`. */
  readonly credentials: () => Promise<AwsCredentials>;
}

/**
 * The authentication that a record names, with its secrets. Rejects with HR_USAGE for a variable that is not set and
 * with HR_FILE for a file that cannot be read.
 */
export async function kafkaAuthOf(
  record: KafkaAuthRecord,
  sources: SecretSources
): Promise<KafkaClientAuth> {
  if (record.kind === 'none') return record;
  const { ca: caFile, ...rest } = record;
  const ca = caFile === undefined ? {} : { ca: await read(caFile, sources) };
  switch (rest.kind) {
    case 'tls':
      return { ...rest, ...ca };
    case 'iam':
      return { ...rest, ...ca, credentials: sources.credentials };
    case 'scram':
      return { ...rest, ...ca, password: await secret(rest.password, sources) };
    case 'mtls': {
      const [key, cert] = await Promise.all([read(rest.key, sources), read(rest.cert, sources)]);
      return { ...rest, ...ca, key, cert };
    }
  }
}

async function secret(where: Secret, sources: SecretSources): Promise<string> {
  if ('file' in where) return (await read(where.file, sources)).split(/\r?\n/)[0] ?? '';
  const value = sources.env[where.env];
  if (value !== undefined && value !== '') return value;
  throw new HeadraceError('HR_USAGE', `The environment variable ${where.env} is not set`, {
    why: 'it has the password for Kafka',
    next: `Set ${where.env} before Jupyter is started.`
  });
}

async function read(path: string, { readFile }: SecretSources): Promise<string> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new HeadraceError('HR_FILE', `Cannot read ${path}`, {
      why: cause instanceof Error ? cause.message : String(cause),
      next: 'It is named in the settings of the Kafka connection.',
      cause
    });
  }
}
