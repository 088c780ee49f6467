import type { Page } from 'playwright-core';

/** Lets a page sleep, as the lid of a laptop does, while `during` runs; then wakes it. */
export async function nap(page: Page, during: () => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  try {
    await during();
  } finally {
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await session.detach();
  }
}
