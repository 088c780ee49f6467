import type { Distribution } from '../percentiles.ts';

/** What happens to the notebook's file while its chart moves. */
export interface FileGrowth {
  readonly seconds: number;
  /** Size at the end less size at the start. */
  readonly bytes: number;
  /** How often JupyterLab wrote it, because it had changed; here it looks every ten seconds. */
  readonly writes: number;
}

/** The way of a state from the kernel to the screen, each part by itself. */
export interface PaintParts {
  /** Kernel's message to the page's socket. */
  readonly arrived: Distribution;
  /** From there to the chart that is drawn, the wait for the page's next frame included. */
  readonly drawn: Distribution;
  /** From there to the frame: style, layout and paint. */
  readonly shown: Distribution;
}

/** One live view in JupyterLab, and a chart that is displayed again and again. Times in milliseconds. */
export interface LabFigures {
  /** Every millisecond of the run counts alike. */
  readonly produced: Distribution;
  /** Kernel's message to painted, each state. */
  readonly sent: Distribution;
  /** What `sent` is made of. */
  readonly parts: PaintParts;
  /** States painted a second. */
  readonly rate: number;
  readonly file: FileGrowth;
  /** A page that is loaded again, with a stream that runs on. */
  readonly reload: {
    /** From the request to the first live state, JupyterLab's own start included. */
    readonly whole: Distribution;
    /** From the first cell on the page to the first live state. */
    readonly view: Distribution;
  };
  readonly redisplayed: {
    readonly sent: Distribution;
    readonly rate: number;
    readonly file: FileGrowth;
  };
}
