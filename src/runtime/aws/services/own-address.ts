import { isIPv4 } from 'node:net';
import { HeadraceError } from '../../../shared/errors.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import type { AwsServicesOptions } from './options.ts';

/** Answers with the address that asks. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules.html */
const CHECK_URL = 'https://checkip.amazonaws.com';
const LIMIT_MS = 5_000;
/** Ranges of addresses that may reach public brokers, where the own one is not the right one. */
const VARIABLE = 'HEADRACE_CLIENT_CIDR';

/** The address of this machine as AWS sees it; null where it does not answer. */
export async function askOwnAddress(signal: AbortSignal): Promise<string | null> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const text = (await (await fetch(CHECK_URL, { signal: limit })).text()).trim();
    return isIPv4(text) ? text : null;
  } catch {
    return null;
  }
}

/** Who may reach public brokers; nothing where brokers are private. @throws HR_USAGE where it cannot be known */
export async function clientCidrOf(
  spec: EnvironmentSpec,
  { env, publicAddress = askOwnAddress }: AwsServicesOptions,
  signal: AbortSignal
): Promise<{ readonly clientCidr?: string }> {
  if (!spec.publicBrokers) return {};
  const given = env[VARIABLE];
  if (given !== undefined && given !== '') return { clientCidr: given };
  const address = await publicAddress(signal);
  if (address !== null) return { clientCidr: `${address}/32` };
  throw new HeadraceError('HR_USAGE', 'It is not known which address is to reach the brokers', {
    why: `${CHECK_URL} does not answer`,
    next: `Set ${VARIABLE} to your address, such as 203.0.113.7/32, or leave --public-brokers out.`
  });
}
