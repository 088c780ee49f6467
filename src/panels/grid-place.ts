/** A cell of a grid, counted from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

const PAGE_ROWS = 10;

/** The cell that a key leads to, within the grid; null for a key that leads nowhere. */
export function gridPlace(
  { key, far }: { readonly key: string; readonly far: boolean },
  { row, column }: Place,
  { rows, shown }: { readonly rows: number; readonly shown: readonly number[] }
): Place | null {
  const at = shown.indexOf(column);
  const columnAt = (place: number): number =>
    shown[Math.min(shown.length - 1, Math.max(0, place))] ?? column;
  const rowAt = (place: number): number => Math.min(rows - 1, Math.max(0, place));
  if (far) return farPlace(key, { row, column }, { rows, shown });
  const steps: Readonly<Record<string, Place>> = {
    ArrowDown: { row: rowAt(row + 1), column },
    ArrowUp: { row: rowAt(row - 1), column },
    ArrowRight: { row, column: columnAt(at + 1) },
    ArrowLeft: { row, column: columnAt(at - 1) },
    PageDown: { row: rowAt(row + PAGE_ROWS), column },
    PageUp: { row: rowAt(row - PAGE_ROWS), column },
    Home: { row, column: columnAt(0) },
    End: { row, column: columnAt(shown.length - 1) }
  };
  return steps[key] ?? null;
}

/** With Ctrl: the first and the last cell. */
function farPlace(
  key: string,
  { column }: Place,
  { rows, shown }: { readonly rows: number; readonly shown: readonly number[] }
): Place | null {
  if (key === 'Home') return { row: 0, column: shown[0] ?? column };
  return key === 'End' ? { row: Math.max(0, rows - 1), column: shown.at(-1) ?? column } : null;
}
