import type { OnProgress, ProgressStep } from '../runtime/stack-port.ts';
import type { Clock } from '../runtime/clock.ts';
import type { StepReporter } from './step.ts';

/** The part of a terminal stream that is used here. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR_CELLS = 24;
const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const CLEAR_LINE = '\r\u001b[2K';
/** Without a terminal a step speaks at most this often, so that a log stays readable. */
const PLAIN_INTERVAL_MS = 5_000;

/** Progress bars in a terminal, plain lines elsewhere. */
export function stepReporter(terminal: Terminal, clock: Clock): StepReporter {
  const course = terminal.isTTY === true ? barCourse : plainCourse;
  return {
    begin(name) {
      const startedAt = clock.now();
      const seconds = () => `${((clock.now() - startedAt) / 1_000).toFixed(1)} s`;
      const line = course(terminal, clock, name);
      return {
        progress: line.progress,
        done: () => line.end(`✓ ${name} (${seconds()})`),
        failed: () => line.end(`✗ ${name} (${seconds()})`)
      };
    }
  };
}

interface Course {
  readonly progress: OnProgress;
  readonly end: (text: string) => void;
}

function barCourse(terminal: Terminal, clock: Clock, name: string): Course {
  const draw = (text: string) => {
    terminal.write(`${CLEAR_LINE}${text.slice(0, (terminal.columns ?? 80) - 1)}`);
  };
  draw(`  ${name}`);
  return {
    progress: step => draw(`  ${progressText(name, step, clock.now())}`),
    end: text => terminal.write(`${CLEAR_LINE}${text}\n`)
  };
}

function plainCourse(terminal: Terminal, clock: Clock, name: string): Course {
  let saidAt = clock.now();
  terminal.write(`… ${name}\n`);
  return {
    progress: step => {
      if (clock.now() - saidAt < PLAIN_INTERVAL_MS) return;
      saidAt = clock.now();
      const percent = step.fraction === null ? '' : ` ${Math.floor(step.fraction * 100)} %`;
      terminal.write(`  ${name}:${percent} ${step.label}\n`);
    },
    end: text => terminal.write(`${text}\n`)
  };
}

function progressText(name: string, step: ProgressStep, now: number): string {
  if (step.fraction === null) {
    const tick = SPINNER[Math.floor(now / 100) % SPINNER.length] ?? '';
    return `${name} ${tick} ${step.label}`;
  }
  const filled = Math.round(BAR_CELLS * Math.min(1, Math.max(0, step.fraction)));
  return `${name} ${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${step.label}`;
}
