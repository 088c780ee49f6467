import type { Timers } from './timers.ts';

/** The clock and the frames of this page. */
export const pageTimers: Timers = {
  now: () => Date.now(),
  after: (ms, call) => {
    const id = window.setTimeout(call, ms);
    return () => window.clearTimeout(id);
  },
  nextFrame: call => {
    const id = window.requestAnimationFrame(call);
    return () => window.cancelAnimationFrame(id);
  }
};
