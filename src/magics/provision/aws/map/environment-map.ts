import type { EnvironmentPlan } from '../../../../runtime/aws/environments-port.ts';
import { drawScene } from './draw.ts';
import { layout } from './layout.ts';
import { mapModel } from './model.ts';
import { mapWords } from './words.ts';

/** The environment of a plan as one picture, and the same in words. */
export interface EnvironmentMap {
  /** One SVG element, to stand inside of a page. */
  readonly svg: string;
  readonly words: string;
}

/** A map of what there is after an apply of this plan, and of what that apply changes. */
export function environmentMap(plan: EnvironmentPlan): EnvironmentMap {
  const model = mapModel(plan);
  const words = mapWords(model);
  return {
    svg: drawScene(layout(model), `Map of the environment ${model.environment}`, words),
    words
  };
}
