import { frameRows, type ViewFrame, type ViewSpec } from '../../src/shared/view.ts';
import type { PeerChart } from './peer.ts';

/** A table written anew each time, as `display(DataFrame)` does; no charting library has one. */
export function htmlTable(node: HTMLElement, view: ViewSpec): PeerChart {
  return {
    draw(frame: ViewFrame) {
      const cells = (tag: string, all: readonly unknown[]): string =>
        `<tr>${all.map(cell => `<${tag}>${String(cell)}</${tag}>`).join('')}</tr>`;
      const names = view.columns.map(({ name }) => name);
      const rows = frameRows(view, frame).map(row => cells('td', Object.values(row)));
      node.innerHTML = `<table><thead>${cells('th', names)}</thead><tbody>${rows.join('')}</tbody></table>`;
    },
    dispose: () => node.replaceChildren()
  };
}
