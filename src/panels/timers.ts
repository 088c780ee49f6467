/** Time as a panel sees it; a parameter, so that tests run in their own time. */
export interface Timers {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls once after so many milliseconds; the result takes the call back. */
  after(ms: number, call: () => void): () => void;
  /** Calls before the next picture of the page; the result takes the call back. */
  nextFrame(call: () => void): () => void;
}
