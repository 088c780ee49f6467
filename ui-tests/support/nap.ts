import type { Page } from 'playwright-core';

/**
 * Lets the pages of a browser sleep, as the lid of a laptop does, while `during` runs: their processes are stopped, and
 * go on behind it. Nothing may be asked of these pages meanwhile.
 */
export async function nap(page: Page, during: () => Promise<void>): Promise<void> {
  const renderers = await renderersOf(page);
  for (const pid of renderers) process.kill(pid, 'SIGSTOP');
  try {
    await during();
  } finally {
    for (const pid of renderers) process.kill(pid, 'SIGCONT');
  }
}

/** https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/#method-getProcessInfo */
async function renderersOf(page: Page): Promise<number[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('a page without a browser');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}
