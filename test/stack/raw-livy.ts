import assert from 'node:assert/strict';
import { z } from 'zod';
import { testStack } from './endpoints.ts';
import { eventually } from './stream-fixture.ts';

const sessionSchema = z.object({ id: z.int(), state: z.string() });
const logSchema = z.object({ log: z.array(z.string()) });
const statementSchema = z.object({
  id: z.int(),
  state: z.string(),
  output: z
    .object({
      status: z.string(),
      data: z.record(z.string(), z.unknown()).optional(),
      ename: z.string().optional(),
      evalue: z.string().optional()
    })
    .nullable()
});
export type RawStatement = z.infer<typeof statementSchema>;

export interface RawAnswer {
  readonly status: number;
  readonly body: unknown;
}

const ENDED = ['available', 'error', 'cancelled'];

/** The gateway of the tests' stack without a client in between, for requests that a client would not send. */
export class RawLivy {
  readonly #created: number[] = [];

  /** A string or bytes go as they are, everything else as JSON. */
  async call(method: string, path: string, body?: unknown): Promise<RawAnswer> {
    const { livyUrl, livyToken } = testStack();
    const response = await fetch(`${livyUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${livyToken}`,
        'content-type': 'application/json',
        'x-requested-by': 'headrace-test'
      },
      ...(body === undefined ? {} : { body: rawBody(body) })
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  /** Creates a session, which {@link removeAll} deletes; it starts in the background. */
  async create(request: unknown): Promise<RawAnswer> {
    const answer = await this.call('POST', '/sessions', request);
    if (answer.status === 201) this.#created.push(sessionSchema.parse(answer.body).id);
    return answer;
  }

  /** A session that is idle. */
  async session(request: object = {}): Promise<number> {
    const { body } = await this.create({ kind: 'pyspark', ...request });
    const { id } = sessionSchema.parse(body);
    await this.untilState(id, 'idle');
    return id;
  }

  async untilState(id: number, state: string): Promise<void> {
    let seen = '';
    await eventually(
      () => `session ${id} is ${seen} and not ${state}`,
      async () => {
        seen = sessionSchema.parse((await this.call('GET', `/sessions/${id}`)).body).state;
        return seen === state;
      }
    );
  }

  /** The whole log of a session. */
  async log(id: number): Promise<string> {
    const { body } = await this.call('GET', `/sessions/${id}/log?from=0&size=1000`);
    return logSchema.parse(body).log.join('\n');
  }

  submit(session: number, code: string): Promise<RawAnswer> {
    return this.call('POST', `/sessions/${session}/statements`, { kind: 'pyspark', code });
  }

  /** Runs code to its end. */
  async run(session: number, code: string): Promise<RawStatement> {
    const submitted = await this.submit(session, code);
    assert.equal(submitted.status, 201, JSON.stringify(submitted.body));
    return this.untilEnded(session, statementSchema.parse(submitted.body).id);
  }

  async untilEnded(session: number, id: number): Promise<RawStatement> {
    return this.untilStatement(session, id, ({ state }) => ENDED.includes(state));
  }

  async untilStatement(
    session: number,
    id: number,
    holds: (statement: RawStatement) => boolean
  ): Promise<RawStatement> {
    const look = async (): Promise<RawStatement> =>
      statementSchema.parse((await this.call('GET', `/sessions/${session}/statements/${id}`)).body);
    let seen = await look();
    await eventually(
      () => `statement ${id} is ${seen.state}`,
      async () => holds((seen = await look()))
    );
    return seen;
  }

  async removeAll(): Promise<void> {
    await Promise.all(this.#created.map(id => this.call('DELETE', `/sessions/${id}`)));
  }
}

/** What a statement shows as text. */
export function textOf({ output }: RawStatement): string {
  return String(output?.data?.['text/plain']);
}

function rawBody(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === 'string' ? body : JSON.stringify(body);
}
