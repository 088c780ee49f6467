import { toAwsError } from '../control/errors.ts';
import { awsClients, type AwsClients } from '../control/clients.ts';
import type { AwsCredentials } from '../../livy/auth/sigv4.ts';

/** Any region does: what is asked for are keys, not a service. */
const ANY_REGION = 'us-east-1';

/**
 * Keys of the person from the chain of the SDK, which is loaded when they are first asked for and renews them shortly
 * before they expire. Rejects with HR_AWS_CREDENTIALS, saying how to log in.
 * https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
 */
export function credentialSource(
  env: Readonly<Record<string, string | undefined>>
): () => Promise<AwsCredentials> {
  const region = env['AWS_REGION'] ?? ANY_REGION;
  const name = env['AWS_PROFILE'];
  const profile = name === undefined || name === '' ? {} : { profile: name };
  const clients = awsClients({ region, env, ...profile });
  return async () => {
    try {
      return await keysOf(clients);
    } catch (error) {
      throw toAwsError(error, { action: 'sts:GetCallerIdentity', region, ...profile });
    }
  };
}

/** The keys that the clients sign with now. */
export async function keysOf(clients: AwsClients): Promise<AwsCredentials> {
  const { accessKeyId, secretAccessKey, sessionToken } = await (await clients.credentials())();
  const keys = { accessKeyId, secretAccessKey };
  return sessionToken === undefined ? keys : { ...keys, sessionToken };
}
