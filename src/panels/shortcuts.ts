/** Lumino looks for no shortcut below an element with this attribute. */
const SUPPRESS = 'data-lm-suppress-shortcuts';

/**
 * Keys without a modifier belong to the view while the focus is in it: the notebook would take an arrow for
 * the next cell, and two zeros for a restart. Lumino listens on the document, hence the window here.
 * Returns the way to stop.
 */
export function keepPlainKeys(node: HTMLElement): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (!(event.target instanceof Node) || !node.contains(event.target)) return;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    node.toggleAttribute(SUPPRESS, plain);
  };
  window.addEventListener('keydown', listen, true);
  return () => window.removeEventListener('keydown', listen, true);
}
