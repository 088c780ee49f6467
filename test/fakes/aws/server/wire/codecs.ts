import type { BodyCodec } from './bindings.ts';
import { textIn } from './checked.ts';
import { fromJson, jsonName, structureFromJson, structureToJson, toJson } from './json.ts';
import { element, fromXml, membersToXml, parseXml, toXml } from './xml.ts';

/** https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson: BodyCodec = {
  contentType: 'application/json',
  read: (body, members) => structureFromJson(members, parsed(body), jsonName),
  readPayload: (body, shape) => fromJson(shape, parsed(body), jsonName),
  write: (members, value) => JSON.stringify(structureToJson(members, value, jsonName)),
  writePayload: ({ shape }, value) => JSON.stringify(toJson(shape, value, jsonName))
};

/** https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export const restXml: BodyCodec = {
  contentType: 'application/xml',
  // No operation of the server has members in the body that are not its payload.
  read: () => ({}),
  readPayload: (body, shape) =>
    body.length === 0 ? undefined : fromXml(shape, parseXml(body.toString('utf8'))),
  write(members, value, shape) {
    const inner = membersToXml(members, value);
    const root = textIn(shape.traits['xmlName'], shape.name);
    return members.length === 0 ? '' : element(root, inner);
  },
  writePayload: ({ name, shape, traits }, value) =>
    toXml(shape, value, textIn(traits['xmlName'], name))
};

export function parsed(body: Buffer): unknown {
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as unknown);
}
