import type { TestContext } from 'node:test';
import type {
  AwsEnvironments,
  EnvironmentEvent
} from '../../../../src/runtime/aws/environments-port.ts';
import {
  environmentSpecSchema,
  type EnvironmentSpec
} from '../../../../src/runtime/aws/environment/spec.ts';
import { openAwsServices } from '../../../../src/runtime/aws/services/open.ts';
import type { AwsServicesOptions } from '../../../../src/runtime/aws/services/options.ts';
import type { AwsServices } from '../../../../src/runtime/aws/services-port.ts';
import { startAws, type AwsOptions, type FakeAws } from '../../../fakes/aws/server/start.ts';
import { HurriedClock } from './hurried-clock.ts';

export const NOTEBOOK = 'notebook-1';
export const CLAIM = { notebook: NOTEBOOK, force: false };
export const NEVER = new AbortController().signal;
export const HOUR = 3_600_000;

/** The brokers are not reached from here, whatever else listens on this machine. */
const connect = (): Promise<void> => Promise.reject(new Error('nothing answers'));

export interface Scene {
  readonly aws: FakeAws;
  readonly clock: HurriedClock;
  readonly services: AwsServices;
  readonly environments: AwsEnvironments;
  /** What the last piece of work told. */
  readonly events: EnvironmentEvent[];
  readonly onEvent: (event: EnvironmentEvent) => void;
  /** Services as a new kernel opens them. */
  again(more?: Partial<AwsServicesOptions>): AwsServices;
}

/** The real clients of the SDK on a small AWS, which ends with the test. */
export async function scene(
  test: TestContext,
  options: AwsOptions = {},
  more: Partial<AwsServicesOptions> = {}
): Promise<Scene> {
  const clock = new HurriedClock();
  const aws = await startAws({ clock, ...options });
  const before = { ...process.env };
  // The SDK reads its settings from the process.
  Object.assign(process.env, aws.env, {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true'
  });
  test.after(async () => {
    process.env = before;
    await aws.close();
  });
  const env = {
    ...aws.env,
    HEADRACE_LIVY_SERVERLESS_URL: aws.livyUrl('{application}')
  };
  const again = (other: Partial<AwsServicesOptions> = {}): AwsServices =>
    openAwsServices({ env, clock, random: () => 0.5, connect, ...more, ...other });
  const events: EnvironmentEvent[] = [];
  const services = again();
  return {
    aws,
    clock,
    services,
    environments: services.environments,
    events,
    onEvent: event => void events.push(event),
    again
  };
}

export function specOf(change: Partial<EnvironmentSpec> = {}): EnvironmentSpec {
  return environmentSpecSchema.parse({ name: 'orders', region: 'eu-west-1', ...change });
}
