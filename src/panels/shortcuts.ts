/** Lumino finds no shortcut for an element with this attribute; for those in it only if their selector names none of them. */
const SUPPRESS = 'data-lm-suppress-shortcuts';

/**
 * Keys without a modifier belong to the view while the focus is in it: the notebook would take an arrow for
 * the next cell, and two zeros for a restart. Lumino listens on the document, hence the window here.
 * Returns the way to stop.
 */
export function keepPlainKeys(node: HTMLElement): () => void {
  const listen = (event: KeyboardEvent): void => {
    const { target } = event;
    if (!(target instanceof Element) || !node.contains(target)) return;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    target.toggleAttribute(SUPPRESS, plain);
  };
  window.addEventListener('keydown', listen, true);
  return () => window.removeEventListener('keydown', listen, true);
}
