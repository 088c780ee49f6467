import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNotebookParts } from '../../../src/runtime/notebook/notebook-parts.ts';
import type { KafkaRequestParts } from '../../../src/runtime/notebook/parts.ts';
import type { Place } from '../../../src/runtime/notebook/place.ts';
import { failsWith } from '../../fakes/errors.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { awsProfile } from '../../fakes/memory-aws.ts';
import { MemoryLivy } from '../../fakes/memory-livy.ts';
import { MemoryStack } from '../../fakes/memory-stack.ts';
import { plainProfile } from '../../fakes/profiles.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

const options = {
  stack: new MemoryStack(),
  clock: new ManualClock(),
  resolvePackages: () => Promise.resolve([]),
  workingDirectory: '/work',
  checkpointDirectory: '/checkpoints',
  sparkJobs: '/spark-jobs'
};
const lab: Place = { kind: 'profile', profile: plainProfile('lab') };
const orders: Place = { kind: 'profile', profile: awsProfile('orders') };

/** What a notebook asks Kafka for with. */
function request(place: Place): KafkaRequestParts {
  const dependencies = { packages: [], conf: {} };
  return { place, notebook: 'nb', livy: new MemoryLivy(), dependencies };
}

describe('the parts of a notebook', () => {
  it('are of the place that they are asked for', async () => {
    const parts = createNotebookParts(options);
    const local: Place = { kind: 'local', endpoints: new MemoryStack().endpoints };
    for (const [place, broker, url] of [
      [local, '127.0.0.1:9092', 'http://127.0.0.1:8998'],
      [lab, 'kafka.example.org:9092', 'http://spark.example.org:8998']
    ] as const) {
      const kafka = await parts.openKafka(request(place));
      assert.deepEqual(kafka.brokers, [broker]);
      assert.equal(parts.openLivy(place).url.replace(/\/$/, ''), url);
      await kafka.close();
    }
  });

  it('speak of the profile, not of the local stack, where nobody answers', async () => {
    const parts = createNotebookParts({ ...options, clock: new VirtualClock() });
    // Port 1 of this machine: nothing listens there.
    const profile = plainProfile('lab', {
      brokers: ['127.0.0.1:1'],
      livy: { ...plainProfile('lab').livy, url: 'http://127.0.0.1:1' }
    });
    const place: Place = { kind: 'profile', profile };
    const hint = /reaches it; %provision doctor lab finds where the way ends\.$/;
    await assert.rejects(
      parts.openLivy(place).getSession(1),
      failsWith('HR_LIVY_UNREACHABLE', hint)
    );
    const kafka = await parts.openKafka(request(place));
    await assert.rejects(kafka.admin.listTopics(), failsWith('HR_BROKER_UNREACHABLE', hint));
    await kafka.close();
  });

  it('need a source of secrets where somebody has to be told who asks', async () => {
    const parts = createNotebookParts(options);
    assert.throws(() => parts.openLivy(orders), failsWith('HR_USAGE', /needs AWS credentials/));
    await assert.rejects(
      parts.openKafka(request(orders)),
      failsWith('HR_USAGE', /orders need to know who asks/)
    );
  });

  it('take credentials when a connection needs them, not before', async () => {
    let asked = 0;
    const credentials = () => {
      asked += 1;
      return Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' });
    };
    const secrets = { env: {}, readFile: () => Promise.resolve(''), credentials };
    const parts = createNotebookParts({ ...options, secrets });
    parts.openLivy(orders);
    const kafka = await parts.openKafka(request(orders));
    assert.equal(asked, 0);
    await kafka.close();
  });
});
