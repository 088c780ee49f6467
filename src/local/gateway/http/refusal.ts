/** Full names that Livy's JSON mapper puts into its error texts. */
export const CREATE_REQUEST_CLASS = 'org.apache.livy.server.interactive.CreateInteractiveRequest';
export const EXECUTE_REQUEST_CLASS = 'org.apache.livy.ExecuteRequest';
export const COMPLETION_REQUEST_CLASS = 'org.apache.livy.CompletionRequest';
export const ADD_RESOURCE_CLASS = 'org.apache.livy.client.common.HttpMessages$AddResource';

/**
 * An answer other than success, with a body in one of Livy's two JSON shapes: `{"msg": …}` from its own
 * checks, or a bare string from its JSON mapper and from everything that it did not expect.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly body: { readonly msg: string } | string;

  constructor(status: number, body: { readonly msg: string } | string) {
    super(typeof body === 'string' ? body : body.msg);
    this.status = status;
    this.body = body;
  }
}

export function sessionNotFound(idOrName: string): Refusal {
  return new Refusal(404, { msg: `Session '${idOrName}' not found.` });
}

export function statementNotFound(): Refusal {
  return new Refusal(404, 'Statement not found');
}

/** Statements of a session that has ended, or never started, cannot be read. */
export function sessionNotActive(): Refusal {
  return new Refusal(400, { msg: "requirement failed: Session isn't active." });
}

/** A statement for a session that does not take any; real Livy answers 500 for this mistake of the client. */
export function sessionInState(state: string): Refusal {
  return new Refusal(500, `java.lang.IllegalStateException: Session is in state ${state}`);
}

/** A failure that Livy meets inside the session's driver, without its Java stack. */
export function remoteFailure(exception: string): Refusal {
  return new Refusal(
    500,
    `java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: ${exception}`
  );
}

/** A create request that was understood and turned down. */
export function rejected(reason: string): Refusal {
  return new Refusal(400, { msg: `Rejected, Reason: ${reason}` });
}

export function notANumber(text: string): Refusal {
  return new Refusal(400, { msg: `For input string: "${text}"` });
}

/** A body that is larger than the gateway reads; Livy has no such limit of its own. */
export function bodyTooLarge(limit: number): Refusal {
  return new Refusal(413, { msg: `The request body is larger than ${limit} bytes.` });
}
