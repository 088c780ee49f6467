import type { JsonObject, WireMessage } from '../../src/kernel/wire.ts';

/** A request as it comes from a socket. */
export function request(type: string, content: JsonObject, id = type): WireMessage {
  return {
    identities: [Buffer.from('client')],
    header: {
      msg_id: id,
      msg_type: type,
      session: 'client-session',
      username: 'ada',
      date: '2026-01-01T00:00:00.000Z',
      version: '5.4'
    },
    parent: {},
    metadata: {},
    content,
    buffers: []
  };
}

export function executeRequest(code: string, id: string, fields: JsonObject = {}): WireMessage {
  return request(
    'execute_request',
    { code, silent: false, store_history: true, allow_stdin: true, stop_on_error: true, ...fields },
    id
  );
}
