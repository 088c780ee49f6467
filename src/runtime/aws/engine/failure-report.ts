import { HeadraceError } from '../../../shared/errors.ts';
import type { StackEventView, StackResourceView } from '../control/port.ts';
import type { CostEstimate } from '../cost/port.ts';
import type { Layer } from '../environment/spec.ts';
import { isOfStack } from './progress.ts';
import { reasonOf } from './reasons.ts';

/** What a failed layer leaves. */
export interface Aftermath {
  readonly environment: string;
  readonly layer: Layer;
  /** Of the failed operation, oldest first. */
  readonly events: readonly StackEventView[];
  /** Of the stack now; none where its creation was taken back. */
  readonly remaining: readonly StackResourceView[];
  /** Layers that stand and go on to cost. */
  readonly standing: readonly Layer[];
  readonly cost: CostEstimate | null;
}

/** The resource that failed first; the others were stopped because of it. */
export function firstFailure(events: readonly StackEventView[]): StackEventView | null {
  const failed = events.filter(
    event => event.status.endsWith('_FAILED') && !/cancell?ed/i.test(event.reason ?? '')
  );
  return failed.find(event => !isOfStack(event)) ?? failed[0] ?? null;
}

function dollars(perHour: number): string {
  return `$${perHour.toFixed(2)} an hour`;
}

/** `net, kafka ($0.45 an hour while idle)`; null where nothing stands. */
function standing({ standing: layers, remaining, layer, cost }: Aftermath): string | null {
  const all = remaining.length > 0 ? [...layers, layer] : layers;
  if (all.length === 0) return null;
  const perHour = cost?.items
    .filter(item => all.includes(item.layer))
    .reduce((sum, item) => sum + item.idlePerHour, 0);
  const price = perHour === undefined ? '' : ` (${dollars(perHour)} while idle)`;
  const half =
    remaining.length > 0 ? `, of ${layer} ${remaining.map(one => one.logicalId).join(', ')}` : '';
  return `${layers.join(' and ') || 'nothing whole'}${half}${price}`;
}

/** The error of a failed layer: the first resource that failed, why, what is left and what it costs to leave it. */
export function failureReport(aftermath: Aftermath): HeadraceError {
  const { environment, layer, events } = aftermath;
  const first = firstFailure(events);
  const reason = reasonOf(first?.reason ?? events.findLast(isOfStack)?.reason ?? '');
  const which = first === null || isOfStack(first) ? 'it' : `${first.logicalId} (${first.type})`;
  const left = standing(aftermath);
  const rest =
    left === null
      ? 'Nothing of it is left, and it costs nothing.'
      : `What stands: ${left}; %provision aws --destroy ${environment} ends that.`;
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `The ${layer} layer of ${environment} failed at ${which}`,
    {
      why: reason.why,
      next: [reason.next, rest, 'Then run --apply again.'].filter(Boolean).join(' ')
    }
  );
}
