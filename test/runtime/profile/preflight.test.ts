import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { capabilitiesOf } from '../../../src/runtime/livy/capabilities.ts';
import type { LivyCapabilities } from '../../../src/runtime/livy/port.ts';
import {
  differences,
  type StaysBehind,
  type WorldFacts
} from '../../../src/runtime/profile/preflight.ts';

const gateway: LivyCapabilities = {
  ...capabilitiesOf(null, { type: 'gateway', auth: 'bearer', overrides: {} }),
  sparkVersion: '4.3.0',
  scalaVersion: '2.13',
  realTimeMode: true
};
const serverless = capabilitiesOf(null, {
  type: 'emr-serverless',
  auth: 'sigv4',
  overrides: { sparkVersion: '3.5.8', scalaVersion: '2.12' }
});
const nothing: StaysBehind = { streams: [], producers: [], topics: [] };

function world(target: string, change: Partial<WorldFacts> = {}): WorldFacts {
  return {
    target,
    capabilities: gateway,
    topics: [],
    kafkaProblem: null,
    throughSpark: false,
    ...change
  };
}

function whats(here: WorldFacts | null, there: WorldFacts, stays = nothing): readonly string[] {
  return differences(here, there, stays).map(({ what }) => what);
}

describe('the differences between two worlds', () => {
  it('are none between a world and its like', () => {
    assert.deepEqual(differences(world('local'), world('lab'), nothing), []);
  });

  it('name all that EMR Serverless has not, and turn round on the way back', () => {
    const there = world('prod', { capabilities: serverless });
    const found = differences(world('local'), there, nothing);
    assert.deepEqual(
      found.map(({ what, here, there: other }) => [what, here, other]),
      [
        ['Spark', '4.3.0', '3.5.8'],
        ['Scala', '2.13', '2.12'],
        ['real-time mode', 'yes', 'no'],
        ['kinds of statements', 'pyspark, spark, sql', 'pyspark, spark'],
        ['batches', 'yes', 'no'],
        ['uploads', 'yes', 'no'],
        ['files of this machine', 'yes', 'no'],
        ['session log', 'yes', 'no'],
        ['completion', 'yes', 'no'],
        ['sessions at a time', 'no limit known', '25']
      ]
    );
    assert.match(found[3]?.effect ?? '', /no cell notices/);
    const back = differences(there, world('local'), nothing);
    assert.deepEqual(
      back.map(({ here, there: other }) => [other, here]),
      found.map(({ here, there: other }) => [here, other])
    );
    assert.ok(
      back.every(
        (each, index) =>
          each.effect !== found[index]?.effect || index < 2 || index === 3 || index === 9
      )
    );
  });

  it('say that cells of a kind are refused, where it is not SQL', () => {
    const there = world('old', { capabilities: { ...gateway, kinds: ['pyspark'] } });
    const [found] = differences(world('local'), there, nothing);
    assert.match(found?.effect ?? '', /cells of sql, spark are refused/);
  });

  it('name the topics that are missing and what stays behind', () => {
    const stays = { streams: ['counts'], producers: ['feed'], topics: ['words', 'orders'] };
    const found = differences(world('local'), world('lab', { topics: ['orders'] }), stays);
    assert.deepEqual(
      found.map(({ what, here }) => [what, here]),
      [
        ['topics', 'words'],
        ['streams', 'counts'],
        ['producers', 'feed']
      ]
    );
    assert.match(found[1]?.effect ?? '', /run on in local; %provision use local/);
  });

  it('say that brokers do not answer, and then nothing of their topics', () => {
    const there = world('prod', { topics: null, kafkaProblem: 'No Kafka broker answers' });
    assert.deepEqual(whats(world('local'), there, { ...nothing, topics: ['words'] }), ['brokers']);
  });

  it('say which way goes through Spark, there and back', () => {
    const through = world('prod', { topics: null, throughSpark: true });
    const effects = (here: WorldFacts | null, there: WorldFacts) =>
      differences(here, there, nothing).map(each => [
        each.what,
        each.here,
        each.there,
        each.effect
      ]);
    assert.deepEqual(effects(world('local'), through), [
      ['brokers', 'direct', 'through Spark', 'views, %topic and %produce are slower']
    ]);
    assert.deepEqual(effects(through, world('local')), [
      ['brokers', 'through Spark', 'direct', 'views, %topic and %produce are faster']
    ]);
    assert.deepEqual(effects(through, through), []);
  });

  it('say nothing of a world that cannot be asked, nor of one that there was not', () => {
    const asleep = world('local', { capabilities: null, topics: null });
    assert.deepEqual(whats(world('prod', { capabilities: serverless }), asleep), []);
    assert.deepEqual(whats(null, world('prod', { capabilities: serverless })), []);
  });
});
