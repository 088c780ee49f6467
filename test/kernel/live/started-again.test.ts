import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LiveHubOptions } from '../../../src/kernel/live/live-hub.ts';
import { INVENTORY_MS } from '../../../src/shared/live-protocol.ts';
import { setUpHub, type HubSetup, type TestPage } from '../../fakes/live-hub.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { TestStream } from '../../fakes/stream-handle.ts';
import { wordBars, wordRow } from '../../fakes/views.ts';

const second = { ...wordBars, id: 'view-two' };

/** A view whose stream has ended, with the page that saw it. */
async function setUpEnded(
  overrides: Partial<LiveHubOptions> = {}
): Promise<HubSetup & { readonly client: TestPage }> {
  const setup = setUpHub(overrides);
  setup.hub.open(wordBars, setup.stream, setup.display);
  const client = setup.page();
  client.watch(wordBars.id);
  setup.stream.deliver(wordRow('to', 1));
  await setup.stream.stop();
  await settle();
  await setup.clock.advance(1_000);
  client.watch();
  return { ...setup, client };
}

function running(client: TestPage): unknown {
  const views = client.heard.filter(message => message.type === 'views');
  return views.at(-1)?.running;
}

describe('a view whose stream is started again', () => {
  it('goes on with the new one, once a page that was told asks for it', async () => {
    const { hub, clock, display, client } = await setUpEnded();
    assert.deepEqual(running(client), {});
    const again = new TestStream();
    hub.open(second, again, display);
    assert.deepEqual(running(client), { counts: clock.now() });
    client.watch(wordBars.id);
    again.deliver(wordRow('be', 5));
    await clock.advance(1_000);
    assert.equal(client.frameOf(wordBars.id)?.status.state, 'live');
    assert.deepEqual(client.counts, { be: 5 });
  });

  it('costs nothing while no page asks for it', async () => {
    const { hub, display } = await setUpEnded();
    const again = new TestStream();
    hub.open(second, again, display);
    const forOne = again.listeners;
    hub.open({ ...second, id: 'view-three' }, again, display);
    assert.equal(again.listeners, forOne * 2);
  });

  it('stays ended where the new one has other columns', async () => {
    const { hub, clock, display, client } = await setUpEnded();
    const other = new TestStream();
    other.columns = [...other.columns, { name: 'length', type: 'number' }];
    hub.open(second, other, display);
    client.watch(wordBars.id);
    await clock.advance(1_000);
    assert.equal(client.frameOf(wordBars.id)?.status.state, 'stopped');
    assert.deepEqual(client.counts, { to: 1 });
  });

  it('is listed while its stream does not run, and when it goes on', async () => {
    const listed: string[][] = [];
    const { hub, clock, display, client } = await setUpEnded({
      inventory: {
        take: views => {
          listed.push(views.map(({ id }) => id));
          return Promise.resolve({ sessions: [], streams: [], topics: [], producers: [] });
        },
        end: () => Promise.resolve()
      }
    });
    const listedNow = async (...watched: string[]): Promise<readonly string[] | undefined> => {
      client.say({ type: 'watch', views: watched, inventory: true });
      await clock.advance(2 * INVENTORY_MS);
      return listed.at(-1);
    };
    assert.deepEqual(await listedNow(), [wordBars.id]);
    hub.open(second, new TestStream(), display);
    assert.deepEqual(await listedNow(), [second.id]);
    assert.deepEqual(await listedNow(wordBars.id), [wordBars.id, second.id]);
  });

  it('does not take one for new that has one more view', async () => {
    const { hub, clock, display, client } = await setUpEnded();
    const again = new TestStream();
    hub.open(second, again, display);
    const since = running(client);
    await clock.advance(1_000);
    hub.open({ ...second, id: 'view-three' }, again, display);
    client.watch(second.id);
    assert.deepEqual(running(client), since);
  });
});
