import type { PageApi } from './contract.ts';
import { Feed } from './feed.ts';
import { Harness } from './harness.ts';

declare global {
  interface Window {
    headraceBench: PageApi;
  }
}

window.headraceBench = new Harness(new Feed('feed-worker.js'));
