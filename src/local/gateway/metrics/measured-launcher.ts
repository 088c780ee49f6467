import type {
  Driver,
  DriverEvents,
  DriverLauncher,
  DriverState,
  StatementEnd
} from '../driver/driver-port.ts';
import type { GatewayMetrics, StatementOutcome } from './gateway-metrics.ts';

/** A launcher whose drivers count and time their statements. */
export function measuredLauncher(
  launcher: DriverLauncher,
  metrics: GatewayMetrics
): DriverLauncher {
  return {
    start(request, events) {
      const watch = new StatementWatch(metrics);
      return watch.driver(launcher.start(request, watch.events(events)));
    },
    adopt(folder, events) {
      const watch = new StatementWatch(metrics);
      return watch.driver(launcher.adopt(folder, watch.events(events)));
    }
  };
}

/** A statement that has not ended. */
interface Open {
  readonly kind: string;
  /** Epoch milliseconds; null while it waits. */
  readonly startedAt: number | null;
}

/** The statements of one driver that have not ended. */
class StatementWatch {
  readonly #metrics: GatewayMetrics;
  readonly #open = new Map<number, Open>();

  constructor(metrics: GatewayMetrics) {
    this.#metrics = metrics;
  }

  driver(driver: Driver): Driver {
    return {
      execute: statement => {
        this.#open.set(statement.id, { kind: statement.kind, startedAt: null });
        driver.execute(statement);
      },
      cancel: statement => driver.cancel(statement),
      complete: question => driver.complete(question),
      addDependency: dependency => driver.addDependency(dependency),
      stop: () => driver.stop(),
      release: () => driver.release()
    };
  }

  events(events: DriverEvents): DriverEvents {
    return {
      ...events,
      attached: state => {
        this.#known(state);
        events.attached(state);
      },
      started: (id, at) => {
        const open = this.#open.get(id);
        if (open !== undefined) this.#open.set(id, { ...open, startedAt: at });
        events.started(id, at);
      },
      done: (id, end) => {
        this.#ended(id, end);
        events.done(id, end);
      }
    };
  }

  #known({ statements }: DriverState): void {
    this.#open.clear();
    for (const { id, kind, state, started } of statements)
      if (state !== 'available' && state !== 'cancelled')
        this.#open.set(id, { kind, startedAt: started === 0 ? null : started });
  }

  #ended(id: number, { state, output, completed }: StatementEnd): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    const failed: StatementOutcome = output?.['status'] === 'error' ? 'error' : 'ok';
    const seconds = open.startedAt === null ? null : (completed - open.startedAt) / 1_000;
    this.#metrics.statementEnded(open.kind, state === 'cancelled' ? 'cancelled' : failed, seconds);
  }
}
