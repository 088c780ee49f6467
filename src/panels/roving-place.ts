/** The place after an arrow key, Home or End in a row of so many; null for another key. */
export function rovingPlace(key: string, place: number, length: number): number | null {
  if (length === 0) return null;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (place + 1) % length;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (place - 1 + length) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
