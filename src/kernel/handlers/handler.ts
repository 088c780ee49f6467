import { z } from 'zod';
import { HeadraceError } from '../../shared/errors.ts';
import type { RequestChannel } from '../transport.ts';
import type { JsonObject, WireMessage } from '../wire.ts';

/**
 * When a request is served. `queued`: one after the other, as cells are. `immediate`: at once, also
 * while a cell runs. `quiet`: at once and without a `busy`, for the frequent small messages of comms,
 * which would make the kernel indicator flicker; the `idle` still ends the request for its client.
 */
export type Turn = 'queued' | 'immediate' | 'quiet';

/** A request with its content checked. */
export interface Request<Content> {
  readonly channel: RequestChannel;
  readonly message: WireMessage;
  readonly content: Content;
}

/** Serves one message type. `null` is no reply; a rejection becomes a reply with status `error`. */
export interface MessageHandler {
  readonly type: string;
  readonly turn: Turn;
  handle(channel: RequestChannel, message: WireMessage): Promise<JsonObject | null>;
}

export interface HandlerDefinition<Schema extends z.ZodType> {
  readonly type: string;
  readonly turn?: Turn;
  readonly content: Schema;
  run(request: Request<z.output<Schema>>): Promise<JsonObject | null> | JsonObject | null;
}

/** A handler is a value; the content of its messages is parsed before `run`. */
export function defineHandler<Schema extends z.ZodType>(
  definition: HandlerDefinition<Schema>
): MessageHandler {
  return {
    type: definition.type,
    turn: definition.turn ?? 'immediate',
    async handle(channel, message) {
      const content = parseContent(definition.type, definition.content, message.content);
      return definition.run({ channel, message, content });
    }
  };
}

/** Content of a request that carries none. */
export const emptyContent = z.object({});

function parseContent<Schema extends z.ZodType>(
  type: string,
  schema: Schema,
  content: JsonObject
): z.output<Schema> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new HeadraceError('HR_INTERNAL', `The client sent a malformed ${type}`, {
    why: z.prettifyError(parsed.error).replace(/\s+/g, ' ')
  });
}
