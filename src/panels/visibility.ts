/**
 * Tells whether an element can be seen: in the window, and the page not hidden. Returns the way to
 * stop watching. Cells far from the window stay attached in JupyterLab, so being attached says little.
 */
export function watchVisibility(node: Element, changed: (visible: boolean) => void): () => void {
  let intersects = false;
  let told = false;
  const tell = (): void => {
    const visible = intersects && !document.hidden;
    if (visible === told) return;
    told = visible;
    changed(visible);
  };
  const observer = new IntersectionObserver(entries => {
    intersects = entries.at(-1)?.isIntersecting ?? false;
    tell();
  });
  observer.observe(node);
  document.addEventListener('visibilitychange', tell);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', tell);
  };
}

/** Tells the inner width of an element in whole steps of pixels, settled for a moment. */
export function watchWidth(node: Element, changed: (width: number) => void): () => void {
  let timer = 0;
  let told = 0;
  const observer = new ResizeObserver(entries => {
    const width = Math.floor((entries.at(-1)?.contentRect.width ?? 0) / WIDTH_STEP) * WIDTH_STEP;
    if (width === 0 || width === told) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => changed((told = width)), told === 0 ? 0 : SETTLE_MS);
  });
  observer.observe(node);
  return () => {
    window.clearTimeout(timer);
    observer.disconnect();
  };
}

const WIDTH_STEP = 8;
const SETTLE_MS = 150;
