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
  switch (key) {
    case 'ArrowDown':
      return far ? null : { row: rowAt(row + 1), column };
    case 'ArrowUp':
      return far ? null : { row: rowAt(row - 1), column };
    case 'ArrowRight':
      return far ? null : { row, column: columnAt(at + 1) };
    case 'ArrowLeft':
      return far ? null : { row, column: columnAt(at - 1) };
    case 'PageDown':
      return { row: rowAt(row + PAGE_ROWS), column };
    case 'PageUp':
      return { row: rowAt(row - PAGE_ROWS), column };
    case 'Home':
      return { row: far ? 0 : row, column: columnAt(0) };
    case 'End':
      return { row: far ? rowAt(rows - 1) : row, column: columnAt(shown.length - 1) };
    default:
      return null;
  }
}
