import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server answers to one request of the query protocol of CloudFormation, EC2 and STS. */
export interface QueryAnswer {
  readonly status?: number;
  readonly body: string;
}

export type QueryScript = (
  action: string,
  fields: URLSearchParams
) => QueryAnswer | 'cut' | undefined;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
export function failure(code: string, message: string, status = 400): QueryAnswer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1-2</RequestId></ErrorResponse>`;
  return { status, body };
}

export function result(action: string, xml = ''): QueryAnswer {
  const body = `<${action}Response><${action}Result>${xml}</${action}Result><ResponseMetadata><RequestId>1-2</RequestId></ResponseMetadata></${action}Response>`;
  return { body };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

async function reply(script: QueryScript, request: IncomingMessage, response: ServerResponse) {
  const fields = new URLSearchParams(await textOf(request));
  const answer = script(fields.get('Action') ?? '', fields);
  if (answer === 'cut') {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer?.status ?? (answer === undefined ? 500 : 200), {
    'content-type': answer === undefined ? 'text/html' : 'text/xml'
  });
  response.end(answer?.body ?? '<html>Not implemented</html>');
}

export interface QueryServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A server on the loopback that answers as the script says. The caller closes it. */
export async function queryServer(script: QueryScript): Promise<QueryServer> {
  const server: Server = createServer((request, response) => {
    void reply(script, request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}

/** Lets the SDK ask only this server, with made-up credentials, and read no file of the person who runs the test. */
export function isolateSdk(endpoint: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true'
  });
}
