import { ApiError } from '../wire/failure.ts';
import type { ServiceModel } from '../wire/protocols.ts';
import type { World } from '../world/world.ts';

/** Who calls. */
export interface Caller {
  readonly arn: string;
  readonly accessKeyId: string;
}

export interface Context {
  readonly world: World;
  readonly caller: Caller;
}

/** What a call answers: the output of the SDK without what the transport adds. */
export type Answer<Output> = Omit<Output, '$metadata'>;

export type Action<Input, Output> = (
  input: Input,
  context: Context
) => Answer<Output> | Promise<Answer<Output>>;

export interface Service extends ServiceModel {
  /** What the service is in the scope of a signature. */
  readonly signingName: string;
  readonly actions: Readonly<Record<string, Action<never, object>>>;
}

/** A member that the model asks for. */
export function need<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw new ApiError('ValidationException', `${name} must not be null`);
  }
  return value;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** One page of a listing; the token is the index of the next. */
export function pageOf<T>(
  { pageSize }: World,
  all: readonly T[],
  token: string | undefined,
  most = pageSize
): Page<T> {
  const start = Number(token ?? '0');
  const end = start + Math.min(most, pageSize);
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}

/** Tags as most services write them. */
export const pairs = (tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }));
