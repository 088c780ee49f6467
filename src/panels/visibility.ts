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

/** Tells the inner size of an element in whole steps of pixels, settled for a moment. */
export function watchSize(
  node: Element,
  changed: (size: { readonly width: number; readonly height: number }) => void
): () => void {
  let timer = 0;
  let told = { width: 0, height: 0 };
  const observer = new ResizeObserver(entries => {
    const rect = entries.at(-1)?.contentRect;
    const size = { width: inSteps(rect?.width), height: inSteps(rect?.height) };
    if (size.width === 0) return;
    // A page without its sheets, in a change of the theme, is wide for a moment, and as before again.
    window.clearTimeout(timer);
    if (size.width === told.width && size.height === told.height) return;
    timer = window.setTimeout(() => changed((told = size)), told.width === 0 ? 0 : SETTLE_MS);
  });
  observer.observe(node);
  return () => {
    window.clearTimeout(timer);
    observer.disconnect();
  };
}

const STEP = 8;

const SETTLE_MS = 150;

function inSteps(pixels = 0): number {
  return Math.floor(pixels / STEP) * STEP;
}
