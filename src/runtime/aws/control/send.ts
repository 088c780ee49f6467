import { HeadraceError } from '../../../shared/errors.ts';
import type { AwsClients } from './clients.ts';
import { toAwsError } from './errors.ts';
import { linksOf } from './failure.ts';

/** Operations of a service by name: what is sent and what comes back, as its SDK types them. */
export type OperationsOf<Known> = {
  [Name in keyof Known]: readonly [input: object, output: object];
};

/**
 * The part of an SDK client that the runtime uses: one operation with its input, answered with its output. A test puts a
 * function in its place. Rejects with HeadraceErrors, whose cause is the error of the SDK.
 */
export type Send<Known extends OperationsOf<Known>> = <Name extends keyof Known & string>(
  operation: Name,
  input: Known[Name][0],
  signal?: AbortSignal
) => Promise<Known[Name][1]>;

/** Whose requests they are, for the sentence when one fails. */
export interface Asker extends Pick<AwsClients, 'region' | 'profile'> {
  /** As IAM names it: `kafka`. */
  readonly service: string;
}

/** Sends by a client of the SDK that has one method for each operation (`Kafka`, `EMR`); it is loaded with the first request. */
export function senderOf<Known extends OperationsOf<Known>>(
  asker: Asker,
  client: () => Promise<object>
): Send<Known> {
  const { service, region, profile } = asker;
  return async (operation, input, signal) => {
    try {
      const loaded = await client();
      const method: unknown = Reflect.get(loaded, methodOf(operation));
      if (typeof method !== 'function') throw unknownOperation(service, operation);
      const options = signal === undefined ? {} : { abortSignal: signal };
      return (await Reflect.apply(method, loaded, [input, options])) as never;
    } catch (error) {
      throw toAwsError(error, { action: `${service}:${operation}`, region, profile });
    }
  };
}

/** Name of the error with which AWS answered, such as `TopicExistsException`; null for any other error. */
export function awsErrorName(error: unknown): string | null {
  const cause = error instanceof HeadraceError ? error.cause : error;
  return linksOf(cause).find(link => link.fault !== null)?.name ?? null;
}

/** `DescribeClusterV2` is sent by `describeClusterV2`. */
function methodOf(operation: string): string {
  return `${operation.slice(0, 1).toLowerCase()}${operation.slice(1)}`;
}

function unknownOperation(service: string, operation: string): HeadraceError {
  return new HeadraceError('HR_INTERNAL', `The client of ${service} has no ${operation}`);
}
