import { HeadraceError } from '../../../shared/errors.ts';
import type { CostEstimate } from '../cost/port.ts';
import type { StackPlan } from '../template/types.ts';
import { applyLayer, type AppliedLayer } from './apply-layer.ts';
import { sayingWhatStands } from './failure-report.ts';
import { guardLayer } from './guard.ts';
import type { Claim } from './ownership.ts';
import { knownParametersOf, type LayerOutputs } from './parameters.ts';
import type { OnProgress } from './progress.ts';
import type { EngineWorld } from './world.ts';

export interface AppliedEnvironment {
  readonly layers: readonly AppliedLayer[];
  readonly outputs: LayerOutputs;
}

/** Errors that end the wait and not the work: AWS goes on by itself, and goes on to cost. */
const WAIT_ENDERS: readonly string[] = [
  'HR_INTERRUPTED',
  'HR_AWS_CREDENTIALS',
  'HR_AWS_UNREACHABLE'
];

/** The same error, with the sentence that what was begun is still running. */
export function sayingWhatRuns(error: unknown, next: string): unknown {
  if (!(error instanceof HeadraceError) || !WAIT_ENDERS.includes(error.code)) return error;
  const { code, message, why } = error;
  // Of the old advice only how to log in again is not said by the new one.
  const login = code === 'HR_AWS_CREDENTIALS' ? `${error.next ?? ''} ` : '';
  return new HeadraceError(code, message, {
    ...(why === undefined ? {} : { why }),
    next: `${login}${next}`,
    cause: error.cause ?? error
  });
}

/**
 * Makes or changes the layers one after another, until all stand. Called again after an interrupt, a lost kernel or a
 * failure, it goes on with what it finds. Rejects with HR_ENVIRONMENT where a resource fails, with what is left and
 * what that costs.
 */
export async function applyEnvironment(
  plans: readonly StackPlan[],
  options: { readonly claim: Claim; readonly cost: CostEstimate | null },
  world: EngineWorld,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<AppliedEnvironment> {
  const layers: AppliedLayer[] = [];
  let outputs: LayerOutputs = {};
  try {
    for (const plan of plans) {
      const parameters = knownParametersOf(plan, outputs);
      const done = await applyLayer({ plan, parameters, ...options }, world, onProgress, signal);
      layers.push(done);
      await guardLayer(plan.layer, done.stackId, world, signal);
      outputs = { ...outputs, [plan.layer]: done.outputs };
    }
  } catch (error) {
    const { claim, cost } = options;
    const standing = layers.map(({ layer }) => layer);
    throw sayingWhatRuns(
      sayingWhatStands(error, standing, { environment: claim.environment, cost }),
      `What has begun on AWS goes on and costs: run --apply again to go on, or %provision aws --destroy ${claim.environment} to end it.`
    );
  }
  return { layers, outputs };
}
