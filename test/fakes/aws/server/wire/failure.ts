import type { WireResponse } from './bindings.ts';
import { element, escapeXml } from './xml.ts';

/** What a service refuses; the server writes it in the protocol of the service. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export type Protocol = 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml';

export function failure(protocol: Protocol, { code, message, status }: ApiError): WireResponse {
  const words = element('Code', escapeXml(code)) + element('Message', escapeXml(message));
  switch (protocol) {
    case 'query': {
      const type = element('Type', status < 500 ? 'Sender' : 'Receiver');
      const body = element('Error', type + words) + element('RequestId', REQUEST);
      return xml(status, element('ErrorResponse', body));
    }
    case 'ec2': {
      const body = element('Errors', element('Error', words)) + element('RequestID', REQUEST);
      return xml(status, element('Response', body));
    }
    case 'rest-xml':
      return xml(status, element('Error', words + element('RequestId', REQUEST)));
    case 'json':
      return json(status, 'application/x-amz-json-1.1', { __type: code, message }, {});
    case 'rest-json':
      return json(status, 'application/json', { message }, { 'x-amzn-errortype': code });
  }
}

/** A request id; nothing depends on it. */
export const REQUEST = '7a62c49f-347e-4fc4-9331-6e8eEXAMPLE';

const xml = (status: number, body: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': REQUEST },
  body
});

const json = (
  status: number,
  type: string,
  body: object,
  headers: Readonly<Record<string, string>>
): WireResponse => ({
  status,
  headers: { 'content-type': type, 'x-amzn-requestid': REQUEST, ...headers },
  body: JSON.stringify(body)
});
