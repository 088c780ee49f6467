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

/** ` ($0.45 an hour while idle)`; empty where the price is not known. */
function priceText(layers: readonly Layer[], cost: CostEstimate | null): string {
  if (cost === null) return '';
  const perHour = cost.items
    .filter(item => layers.includes(item.layer))
    .reduce((sum, item) => sum + item.idlePerHour, 0);
  return ` ($${perHour.toFixed(2)} an hour while idle)`;
}

/** What is left standing, what it costs, and how that is ended. */
function standsSentence(what: string, environment: string): string {
  return `What stands: ${what}; %provision aws --destroy ${environment} ends that.`;
}

/** A refusal in the middle of an apply, with the layers that were made before it; other errors as they are. */
export function sayingWhatStands(
  error: unknown,
  layers: readonly Layer[],
  { environment, cost }: Pick<Aftermath, 'environment' | 'cost'>
): unknown {
  if (!(error instanceof HeadraceError) || error.code !== 'HR_AWS_REFUSED') return error;
  if (layers.length === 0) return error;
  const { code, message, why, next = '' } = error;
  const what = `${layers.join(' and ')}${priceText(layers, cost)}`;
  return new HeadraceError(code, message, {
    ...(why === undefined ? {} : { why }),
    next: `${next} ${standsSentence(what, environment)}`.trim(),
    cause: error.cause ?? error
  });
}

/** `net, kafka ($0.45 an hour while idle)`; null where nothing stands. */
function standing({ standing: layers, remaining, layer, cost }: Aftermath): string | null {
  const all = remaining.length > 0 ? [...layers, layer] : layers;
  if (all.length === 0) return null;
  const half =
    remaining.length > 0 ? `, of ${layer} ${remaining.map(one => one.logicalId).join(', ')}` : '';
  return `${layers.join(' and ') || 'nothing whole'}${half}${priceText(all, cost)}`;
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
      : standsSentence(left, environment);
  return new HeadraceError(
    'HR_ENVIRONMENT',
    `The ${layer} layer of ${environment} failed at ${which}`,
    {
      why: reason.why,
      next: [reason.next, rest, 'Then run --apply again.'].filter(Boolean).join(' ')
    }
  );
}
