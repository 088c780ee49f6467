import { clusters } from './clusters.ts';
import { frameOf } from './frame.ts';
import { legend } from './legend.ts';
import type { MapModel } from './model.ts';
import { places } from './places.ts';
import { routes } from './routes.ts';
import type { Scene } from './scene.ts';

/** Puts all that a map shows in its place; ways lie in front of borders and behind no text. */
export function layout(model: MapModel): Scene {
  const frame = frameOf(model);
  const items = [...places(model, frame), ...clusters(model, frame), ...routes(model, frame)];
  const below = legend(items, { x: 12, y: frame.height, width: frame.width - 24 });
  return {
    width: frame.width,
    height: frame.height + below.height,
    items: [...items, ...below.items]
  };
}
