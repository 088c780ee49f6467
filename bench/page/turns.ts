/**
 * Milliseconds from the start of the next frame's callbacks to the first task after that frame: its callbacks, style,
 * layout and paint are done then, and what is left is not the main thread's. Waits for work that goes beyond the frame.
 */
export function afterThisFrame(work: Promise<unknown>): Promise<number> {
  return new Promise(resolve => {
    requestAnimationFrame(() => {
      const startedAt = performance.now();
      const done = (): void => resolve(performance.now() - startedAt);
      const task = new Promise<void>(soon => inATask(soon));
      void Promise.all([task, work]).then(done);
    });
  });
}

/** Calls in a task of its own as soon as possible; the result takes the call back. */
export function inATask(call: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    call();
  };
  port2.postMessage(null);
  return () => port1.close();
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
