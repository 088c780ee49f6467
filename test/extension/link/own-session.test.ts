import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OwnSession } from '../../../src/extension/link/own-session.ts';

const path = 'streams/words.ipynb';
const model = { id: 's1', path, name: 'words', type: 'notebook', kernel: null };

class Connection {
  isDisposed = false;

  dispose(): void {
    this.isDisposed = true;
  }
}

function setUp(running: boolean) {
  const connections: Connection[] = [];
  const options: unknown[] = [];
  const own = new OwnSession<Connection>({
    findByPath: wanted => Promise.resolve(running && wanted === path ? model : undefined),
    connectTo: given => {
      options.push(given);
      const connection = new Connection();
      connections.push(connection);
      return connection;
    }
  });
  return { own, connections, options };
}

describe('own session', () => {
  it('connects to the session that runs, for comms of its own', async () => {
    const { own, options } = setUp(true);
    const looking = own.connect(path, () => true);
    assert.equal(own.isLooking, true);
    assert.equal(await looking, own.current);
    assert.equal(own.isLooking, false);
    assert.deepEqual(options, [{ model, kernelConnectionOptions: { handleComms: true } }]);
  });

  it('connects once, whoever asks meanwhile', async () => {
    const { own, connections } = setUp(true);
    await Promise.all([own.connect(path, () => true), own.connect(path, () => true)]);
    assert.equal(await own.connect(path, () => true), null);
    assert.equal(connections.length, 1);
  });

  it('connects to nothing where nothing runs, or where it is not wanted any more', async () => {
    assert.equal(await setUp(false).own.connect(path, () => true), null);
    const { own, connections } = setUp(true);
    assert.equal(await own.connect(path, () => false), null);
    assert.equal(connections.length, 0);
  });

  it('takes a failed look for nothing that runs', async () => {
    const own = new OwnSession<Connection>({
      findByPath: () => Promise.reject(new Error('no server')),
      connectTo: () => new Connection()
    });
    assert.equal(await own.connect(path, () => true), null);
    assert.equal(own.isLooking, false);
  });

  it('connects anew after its end', async () => {
    const { own, connections } = setUp(true);
    await own.connect(path, () => true);
    own.dispose();
    assert.deepEqual([own.current, connections[0]?.isDisposed], [null, true]);
    await own.connect(path, () => true);
    assert.equal(own.current, connections[1]);
  });
});
