import type { ProducerItem, SessionItem, StreamItem } from '../../shared/inventory.ts';
import type { ViewSpec } from '../../shared/view.ts';
import type { ProducerRun } from '../producers/port.ts';
import { MAIN_SESSION, type NotebookSessions } from '../session-port.ts';
import type { StreamHandle } from '../streams/port.ts';

/** Length of a text and of a list, as the schema of the inventory bounds them. */
const MAX_TEXT = 2_000;
export const MAX_ITEMS = 200;

/** What an inventory has to know of a view. */
export type ViewName = Pick<ViewSpec, 'id' | 'title' | 'stream'>;

/** The sessions of the notebook, `main` first, then by age; at least the one that cells run in. */
export async function sessionItems(
  sessions: NotebookSessions,
  signal: AbortSignal
): Promise<readonly SessionItem[]> {
  const { name: current } = sessions.current;
  const used = (await sessions.list(signal))
    .filter(each => each.shortName !== null || each.isCurrent)
    .map(({ session, shortName, isCurrent }) => ({
      id: session.id,
      item: { name: short(shortName ?? current), state: short(session.state), current: isCurrent }
    }))
    .toSorted((left, right) => rank(left.item) - rank(right.item) || left.id - right.id)
    .map(({ item }) => item);
  if (used.some(item => item.current)) return cut(used);
  return cut([{ name: short(current), state: 'not started', current: true }, ...used]);
}

function rank({ name }: SessionItem): number {
  return name === MAIN_SESSION ? 0 : 1;
}

/** A stream with those of the views that show it. */
export function streamItem(stream: StreamHandle, views: readonly ViewName[]): StreamItem {
  const { state, mode, reason, inputRate, resultRate, latencyMs, rows, backlog } = stream.status();
  const own = views.filter(view => view.stream === stream.name);
  return {
    name: short(stream.name),
    state,
    mode,
    reason: short(reason),
    session: short(stream.session),
    inputRate,
    resultRate,
    latencyMs,
    rows,
    backlog,
    views: cut(own.map(({ id, title }) => ({ id: short(id), title: short(title) })))
  };
}

export function producerItem(run: ProducerRun): ProducerItem {
  const { state, sent, total, rate, error } = run.progress();
  const { name, topic } = run;
  const said = error?.message ?? '';
  return { name: short(name), topic: short(topic), state, sent, total, rate, error: short(said) };
}

/** The first items, as many as an inventory may hold. */
export function cut<Item>(items: readonly Item[]): Item[] {
  return items.slice(0, MAX_ITEMS);
}

/** The last items: what began last is of most interest. */
export function cutToNewest<Item>(items: readonly Item[]): Item[] {
  return items.slice(-MAX_ITEMS);
}

function short(text: string): string {
  return text.slice(0, MAX_TEXT);
}
