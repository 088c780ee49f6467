import { readBound, writeBound, type WireRequest, type WireResponse } from './bindings.ts';
import { parsed, restJson, restXml } from './codecs.ts';
import { REQUEST, type Protocol } from './failure.ts';
import { fromJson, modelName, toJson } from './json.ts';
import { fromForm, type QueryDialect } from './query.ts';
import { findRoute, routesOf } from './route.ts';
import { operationsOf, type Operation } from './shapes.ts';
import { element, membersToXml } from './xml.ts';

/** What a service of the SDK is on the wire. */
export interface ServiceModel {
  /** Prefix of its actions in policies, such as `cloudformation`. */
  readonly name: string;
  readonly sdk: object;
  readonly protocol: Protocol;
}

/** A request that was understood: what to do, and how to write the answer. */
export interface Understood {
  readonly operation: Operation;
  readonly input: unknown;
  readonly answer: (output: unknown) => WireResponse;
}

/** Reads requests to one service; null where the service has no such operation. */
export type Reader = (request: WireRequest) => Understood | null;

export function readerOf({ sdk, protocol }: ServiceModel): Reader {
  const operations = operationsOf(sdk);
  switch (protocol) {
    case 'query':
    case 'ec2':
      return queryReader(operations, protocol);
    case 'json':
      return jsonReader(operations);
    case 'rest-json':
      return restReader(operations, '', restJson);
    case 'rest-xml':
      return restReader(operations, '/{Bucket}', restXml);
  }
}

function queryReader(operations: readonly Operation[], dialect: QueryDialect): Reader {
  return request => {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const operation = operations.find(({ name }) => name === form.get('Action'));
    if (operation === undefined) return null;
    return {
      operation,
      input: fromForm(form, operation.input, dialect),
      answer: output => queryAnswer(operation, output, dialect)
    };
  };
}

function queryAnswer(
  { name, output }: Operation,
  value: unknown,
  dialect: QueryDialect
): WireResponse {
  const inner = output.kind === 'unit' ? '' : membersToXml(output.members(), value);
  const body =
    dialect === 'ec2'
      ? element('requestId', REQUEST) + inner
      : element(`${name}Result`, inner) +
        element('ResponseMetadata', element('RequestId', REQUEST));
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: element(`${name}Response`, body)
  };
}

function jsonReader(operations: readonly Operation[]): Reader {
  return ({ headers, body }) => {
    const target = headers['x-amz-target']?.split('.').at(-1);
    const operation = operations.find(({ name }) => name === target);
    if (operation === undefined) return null;
    return {
      operation,
      input: fromJson(operation.input, parsed(body), modelName),
      answer: output => ({
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify(toJson(operation.output, output, modelName) ?? {})
      })
    };
  };
}

function restReader(
  operations: readonly Operation[],
  prefix: string,
  codec: typeof restJson
): Reader {
  const routes = routesOf(operations, prefix);
  return request => {
    const routed = findRoute(routes, request.method, request.url);
    if (routed === null) return null;
    return {
      operation: routed.route.operation,
      input: readBound(request, routed, codec),
      answer: output => writeBound(output, routed, codec)
    };
  };
}
