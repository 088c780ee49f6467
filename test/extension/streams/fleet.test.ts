import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Signal } from '@lumino/signaling';
import { Fleet, GLANCE_MS, type FleetLinks } from '../../../src/extension/streams/fleet.ts';
import type { Inventory } from '../../../src/shared/inventory.ts';
import { ManualTimers } from '../../fakes/manual-timers.ts';
import { inventory, streamItem } from './inventory.ts';

/** Kernels that a test speaks for. */
class Links implements FleetLinks {
  running: string[];
  readonly runningChanged = new Signal<this, void>(this);
  readonly ended: string[] = [];
  readonly #listeners = new Map<string, Set<(inventory: Inventory) => void>>();
  #leases = 0;

  constructor(...running: string[]) {
    this.running = running;
  }

  /** Leases that nobody has given back. */
  get leases(): number {
    return this.#leases;
  }

  /** Notebooks whose kernel is asked just now. */
  get asked(): string[] {
    return [...this.#listeners].filter(([, all]) => all.size > 0).map(([path]) => path);
  }

  acquire(path: string): ReturnType<FleetLinks['acquire']> {
    this.#leases += 1;
    const listeners = this.#listeners.get(path) ?? new Set();
    this.#listeners.set(path, listeners);
    return {
      link: {
        client: {
          ignored: 0,
          list: listener => {
            listeners.add(listener);
            return () => listeners.delete(listener);
          },
          end: (what, name) => this.ended.push(`${path} ${what} ${name}`)
        }
      },
      dispose: () => {
        this.#leases -= 1;
      }
    };
  }

  answer(path: string, answer: Inventory): void {
    for (const listener of [...(this.#listeners.get(path) ?? [])]) listener(answer);
  }
}

function setUp(...running: string[]) {
  const links = new Links(...running);
  const timers = new ManualTimers();
  const fleet = new Fleet(links, timers);
  return { links, timers, fleet };
}

describe('fleet', () => {
  it('asks no kernel while nobody looks', () => {
    const { links, fleet } = setUp('a.ipynb');
    assert.deepEqual(links.asked, []);
    assert.deepEqual(
      fleet.entries.map(({ path, inventory: known }) => [path, known]),
      [['a.ipynb', null]]
    );
  });

  it('asks all kernels while somebody follows, and those that come', () => {
    const { links, fleet } = setUp('a.ipynb');
    const stops = [fleet.follow(), fleet.follow()];
    links.running = ['a.ipynb', 'b.ipynb'];
    links.runningChanged.emit();
    assert.deepEqual(links.asked, ['a.ipynb', 'b.ipynb']);
    links.running = ['b.ipynb'];
    links.runningChanged.emit();
    assert.deepEqual(links.asked, ['b.ipynb']);
    for (const stop of [...stops, ...stops]) stop();
    assert.deepEqual([links.asked, links.leases], [[], 0]);
  });

  it('keeps what it was told, and says so', () => {
    const { links, fleet } = setUp('a.ipynb');
    let changes = 0;
    fleet.changed.connect(() => (changes += 1));
    const stop = fleet.follow();
    links.answer('a.ipynb', inventory());
    links.answer('a.ipynb', inventory({ streams: [streamItem({ inputRate: 7 })] }));
    stop();
    assert.equal(changes, 2);
    assert.deepEqual(fleet.entries[0]?.inventory?.streams[0]?.inputRate, 7);
    assert.deepEqual(fleet.entries[0].rates.of('stream words'), [1_203.6, 7]);
  });

  it('glances at a kernel until it answers, or not for long', () => {
    const { links, timers, fleet } = setUp('a.ipynb');
    fleet.glance('a.ipynb');
    fleet.glance('a.ipynb');
    fleet.glance('elsewhere.ipynb');
    links.answer('a.ipynb', inventory());
    assert.deepEqual([links.asked, links.leases], [[], 0]);
    fleet.glance('a.ipynb');
    timers.pass(GLANCE_MS);
    assert.deepEqual([links.asked, links.leases], [[], 0]);
  });

  it('tells of members only when they change', () => {
    const { links, fleet } = setUp('a.ipynb');
    let changes = 0;
    fleet.follow();
    fleet.membersChanged.connect(() => (changes += 1));
    links.answer('a.ipynb', inventory());
    links.answer('a.ipynb', inventory({ streams: [streamItem({ inputRate: 1 })] }));
    assert.equal(changes, 1);
    links.answer('a.ipynb', inventory({ streams: [streamItem({ state: 'stopped' })] }));
    assert.equal(changes, 2);
  });

  it('ends things, whether somebody follows or not', () => {
    const { links, timers, fleet } = setUp('a.ipynb');
    fleet.end('a.ipynb', 'stream', 'words');
    assert.deepEqual(links.ended, []);
    links.answer('a.ipynb', inventory());
    const stop = fleet.follow();
    fleet.end('a.ipynb', 'producer', 'mill');
    stop();
    assert.deepEqual(links.ended, ['a.ipynb stream words', 'a.ipynb producer mill']);
    fleet.end('a.ipynb', 'session', 'main');
    timers.pass(GLANCE_MS);
    assert.equal(links.ended.length, 2);
    assert.equal(links.leases, 0);
  });
});
