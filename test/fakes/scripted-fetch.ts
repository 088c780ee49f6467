export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
}

/** What to answer: a status with a body (text as it is, all else as JSON), or a failure of the network. */
export type ScriptedReply = { readonly status: number; readonly body?: unknown } | Error;

/** A `fetch` that answers from a function and remembers what was sent. */
export function scriptedFetch(
  answer: (request: SentRequest) => ScriptedReply | Promise<ScriptedReply>
) {
  const sent: SentRequest[] = [];
  const send: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    const request: SentRequest = {
      method: init?.method ?? 'GET',
      path: url.pathname + url.search,
      body,
      headers: new Headers(init?.headers)
    };
    sent.push(request);
    const reply = await answer(request);
    if (reply instanceof Error) throw reply;
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? null);
    return new Response(reply.body === undefined ? '' : text, { status: reply.status });
  };
  return { fetch: send, sent };
}
