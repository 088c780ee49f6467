import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { KINDS } from '../../../fakes/aws/server/kinds/kinds.ts';

/** The types of the server against the resource specification that AWS publishes. */
describe('the types of the fake CloudFormation', () => {
  const spec = loadAwsServiceSpecSync();

  for (const kind of KINDS) {
    it(`${kind.type} is made anew for the properties that the specification says`, () => {
      const resource = spec.lookup('resource', 'cloudFormationType', 'equals', kind.type).only();
      const replacing = (how: string) =>
        Object.entries(resource.properties)
          .filter(([, property]) => property.causesReplacement === how)
          .map(([name]) => name)
          .sort();
      assert.deepEqual([...kind.replacing].sort(), replacing('yes'));
      assert.deepEqual([...kind.perhapsReplacing].sort(), replacing('maybe'));
      const known = Object.keys(resource.attributes);
      const invented = Object.keys(kind.attributes).filter(name => !known.includes(name));
      assert.deepEqual(invented, []);
    });
  }
});
