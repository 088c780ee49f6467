import { toHeadraceError } from '../../../shared/errors.ts';
import { isPrivateAddress, parseAddress } from './addresses.ts';
import type { Check, CheckOutcome, CheckSubject } from './port.ts';

/** What a check learns of brokers that only their own network reaches. */
const PRIVATE_DETAIL = 'in a private network: Spark reaches them, this machine does not';

/** Checks start no session, and the one that carries records may be in use. */
const THROUGH_SPARK: CheckOutcome = {
  state: 'skipped',
  detail: 'Spark reaches them for this machine, by a session of its own'
};
const ASKED_THROUGH_SPARK: CheckOutcome = {
  state: 'skipped',
  detail: '%topic list asks it through Spark'
};

/** Every name has an address. */
export const dnsCheck: Check = {
  name: 'DNS',
  async run({ profile, brokers, livyUrl, network }, signal) {
    const asked = profile?.reach === 'relay' ? [] : brokers;
    const hosts = [...new Set([...asked.map(each => parseAddress(each).host), hostOf(livyUrl)])];
    for (const host of hosts) {
      const found = await network.lookup(host, signal).catch(passInterrupt(signal));
      if (found === null || found.length === 0)
        return {
          state: 'wrong',
          detail: `the name ${host} has no address`,
          next: 'Correct the address in the profile; a private name needs the VPN or the network of its VPC.'
        };
    }
    return { state: 'ok', detail: hosts.join(', ') };
  }
};

/** Every broker accepts connections. */
export const brokersCheck: Check = {
  name: 'brokers',
  async run(subject, signal) {
    const { profile, brokers, network } = subject;
    if (profile?.reach === 'relay') return THROUGH_SPARK;
    for (const broker of brokers) {
      const { host, port } = parseAddress(broker);
      const problem = await network.connect(host, port, signal).then(
        () => null,
        (error: unknown) => problemOf(error, signal)
      );
      if (problem === null) continue;
      if (await onlyInside(subject, signal)) return { state: 'skipped', detail: PRIVATE_DETAIL };
      return {
        state: 'wrong',
        detail: `${broker} accepts no connection (${problem})`,
        next: 'Check that the broker runs and that the port and the firewall let this machine in.'
      };
    }
    return { state: 'ok', detail: brokers.join(', ') };
  }
};

/** The brokers know who asks and answer. */
export const metadataCheck: Check = {
  name: 'Kafka',
  async run(subject, signal) {
    if (subject.profile?.reach === 'relay') return ASKED_THROUGH_SPARK;
    const kafka = await subject.kafka();
    try {
      const topics = await kafka.admin.listTopics(signal);
      return { state: 'ok', detail: `answers; ${topics.length} topics` };
    } catch (error) {
      const { code } = toHeadraceError(error);
      if (code !== 'HR_BROKER_UNREACHABLE' || !(await onlyInside(subject, signal))) throw error;
      return { state: 'skipped', detail: PRIVATE_DETAIL };
    }
  }
};

/** EMR stands beside brokers that need not be seen from here. */
async function onlyInside(
  { profile, brokers, network }: CheckSubject,
  signal: AbortSignal
): Promise<boolean> {
  if (profile === null || !profile.livy.type.startsWith('emr-')) return false;
  const found = await Promise.all(
    brokers.map(each => network.lookup(parseAddress(each).host, signal).catch(() => []))
  );
  return found.every(addresses => addresses.length > 0 && addresses.every(isPrivateAddress));
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
}

function passInterrupt(signal: AbortSignal): (error: unknown) => null {
  return error => {
    if (signal.aborted) throw error;
    return null;
  };
}

function problemOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) throw error;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  return toHeadraceError(error).message;
}
