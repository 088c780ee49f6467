import {
  senderOf,
  type OperationsOf,
  type Send
} from '../../../../src/runtime/aws/control/send.ts';

/** What a fake answers to each operation; the number is how often that one was called before. */
type Answers<Known extends OperationsOf<Known>> = {
  readonly [Name in keyof Known]?: (input: Known[Name][0], before: number) => Known[Name][1];
};

export interface FakeService<Known extends OperationsOf<Known>> {
  readonly send: Send<Known>;
  /** All requests, oldest first. */
  readonly calls: readonly { readonly operation: string; readonly input: unknown }[];
  /** Inputs of one operation. */
  inputsOf(operation: keyof Known & string): unknown[];
}

/** A service in memory, behind the same sender as that of the SDK; an operation without an answer is a fault of the test. */
export function fakeService<Known extends OperationsOf<Known>>(
  service: string,
  answers: Answers<Known>
): FakeService<Known> {
  const calls: { operation: string; input: unknown }[] = [];
  const client = Object.fromEntries(
    Object.entries(answers).map(([operation, answer]) => [
      `${operation.slice(0, 1).toLowerCase()}${operation.slice(1)}`,
      (input: unknown) => {
        const before = calls.filter(call => call.operation === operation).length;
        calls.push({ operation, input });
        const give = answer as (input: unknown, before: number) => unknown;
        return Promise.resolve().then(() => give(input, before));
      }
    ])
  );
  return {
    send: senderOf<Known>({ service, region: 'eu-west-1', profile: undefined }, () =>
      Promise.resolve(client)
    ),
    calls,
    inputsOf: operation =>
      calls.filter(call => call.operation === operation).map(({ input }) => input)
  };
}

/** An error as the SDK throws it for an answer of a service. */
export function serviceError(name: string, message: string, status = 400): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status }
  });
}
