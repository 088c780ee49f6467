import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TAGS } from '../../../../src/runtime/aws/environment/spec.ts';
import type { Resource, Template } from '../../../../src/runtime/aws/template/types.ts';
import { MATRIX, matrixTemplates } from './matrix.ts';
import { loadSchema } from './schema.ts';
import { fieldsOf, listOf, textOf } from './walk.ts';

const schema = loadSchema();
const templates = matrixTemplates();

function templateOf(resource: Resource): Template {
  return { AWSTemplateFormatVersion: '2010-09-09', Description: '', Resources: { One: resource } };
}

/** Tags of a resource, in either of the two forms. */
function tagsIn(resource: Resource, property: string): Record<string, string> {
  const tags = resource.Properties?.[property];
  const pairs = Array.isArray(tags)
    ? listOf(tags).map(tag => [textOf(fieldsOf(tag)['Key']), textOf(fieldsOf(tag)['Value'])])
    : Object.entries(fieldsOf(tags)).map(([name, value]) => [name, textOf(value)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

describe('templates against what CloudFormation knows', () => {
  it('has a matrix of more than 24 different templates, with a name for each environment', () => {
    assert.ok(templates.length > 24, `${templates.length} templates`);
    assert.equal(new Set(MATRIX.map(one => one.name)).size, MATRIX.length);
    assert.equal(new Set(templates.map(one => one.name)).size, templates.length);
  });

  for (const { name, template } of templates)
    it(`${name} has known properties, of the right types, and all that are required`, () => {
      assert.deepEqual(schema.problems(template), []);
    });

  it('finds unknown, missing and mistyped properties and attributes', () => {
    const found = (resource: Resource) => schema.problems(templateOf(resource));
    assert.deepEqual(found({ Type: 'AWS::No::Thing' }), ['One: AWS::No::Thing is not known']);
    assert.deepEqual(found({ Type: 'AWS::EC2::Route', Properties: { Table: 'x' } }), [
      'One lacks RouteTableId',
      'One has no Table'
    ]);
    assert.deepEqual(found({ Type: 'AWS::EC2::VPC', Properties: { EnableDnsSupport: 'yes' } }), [
      'One.EnableDnsSupport is no boolean'
    ]);
    assert.deepEqual(
      found({
        Type: 'AWS::EC2::Subnet',
        Properties: { VpcId: { 'Fn::GetAtt': ['One', 'Colour'] }, Tags: [{ Name: 'x' }] }
      }),
      ['One.Tags[0] is no tag', 'One: AWS::EC2::Subnet has no Colour']
    );
  });

  it('tags every resource that can be tagged, as its type takes tags', () => {
    for (const { name, template, plan } of templates)
      for (const [id, resource] of Object.entries(template.Resources)) {
        const tagging = schema.tagging(resource.Type);
        if (tagging === null) continue;
        const tags = tagsIn(resource, tagging.property);
        const wanted = Object.entries(plan.tags);
        const missing = wanted.filter(([tag, value]) => tags[tag] !== value);
        assert.deepEqual(missing, [], `${name} ${id}`);
        assert.equal(Array.isArray(resource.Properties?.[tagging.property]), !tagging.map, id);
      }
  });

  it('says when it ends nowhere where a later end would make the resource anew', () => {
    let fixed = 0;
    for (const { name, template, plan } of templates)
      for (const [id, resource] of Object.entries(template.Resources)) {
        if (schema.tagging(resource.Type)?.replaces !== true) continue;
        fixed += 1;
        assert.equal(tagsIn(resource, 'Tags')[TAGS.expiresAt], undefined, `${name} ${id}`);
        assert.equal(plan.tags[TAGS.expiresAt], undefined, name);
      }
    assert.ok(fixed > 0);
  });
});
