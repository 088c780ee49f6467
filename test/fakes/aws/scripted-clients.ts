import type { AwsClients } from '../../../src/runtime/aws/control/clients.ts';

/** An operation as `ec2:DescribeVpcs`, and what it was asked. */
export interface ScriptedCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An error as a service answers it. */
export function serviceError(name: string, message = name, status = 400): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode: status }
  });
}

/** Stands for one client of the SDK: every method is an operation that the script answers. */
function client(service: string, answer: (call: ScriptedCall) => unknown): object {
  return new Proxy(
    {},
    {
      get: (_, name) => {
        // A promise that resolves with a client asks whether it is one itself.
        if (typeof name !== 'string' || name === 'then') return undefined;
        const operation = `${service}:${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
        return async (input: Readonly<Record<string, unknown>>) => {
          await Promise.resolve();
          return answer({ operation, input });
        };
      }
    }
  );
}

/** Clients whose operations a script answers; what they were asked is in `calls`. An unknown operation gives nothing. */
export function scriptedClients(
  script: Readonly<Record<string, (input: ScriptedCall['input']) => unknown>>
) {
  const calls: ScriptedCall[] = [];
  const answer = (call: ScriptedCall): unknown => {
    calls.push(call);
    return script[call.operation]?.(call.input) ?? {};
  };
  const lazy = (service: string) => () => Promise.resolve(client(service, answer));
  const clients = {
    region: 'eu-west-1',
    profile: undefined,
    ec2: lazy('ec2'),
    emr: lazy('emr'),
    emrContainers: lazy('emr-containers'),
    emrServerless: lazy('emr-serverless'),
    kafka: lazy('kafka'),
    s3: lazy('s3'),
    tagging: lazy('tag'),
    close: () => undefined
  } as unknown as AwsClients;
  const operations = () => calls.map(call => call.operation);
  const inputsOf = (operation: string) =>
    calls.filter(call => call.operation === operation).map(call => call.input);
  return { clients, calls, operations, inputsOf };
}
