import type { StreamHandle } from '../../runtime/streams/port.ts';
import type { CellContext, LiveView } from '../contract.ts';
import { viewFor } from './view-for.ts';
import type { ViewRequest } from './view-request.ts';

/**
 * Puts a view of a stream under the cell, and on record for later kernels.
 *
 * @throws HR_USAGE where the columns of the stream cannot make the view
 */
export async function openView(
  stream: StreamHandle,
  request: ViewRequest,
  { runtime, views, display }: CellContext
): Promise<LiveView> {
  const view = viewFor(stream, request);
  await runtime.rememberView(view);
  return views.open(view, stream, display);
}
