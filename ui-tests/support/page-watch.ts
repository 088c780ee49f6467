import type { Page } from 'playwright-core';

/** Name of the global that attacks try to set. */
export const MARK = '__caught';
const INLINE = /^(?:data|blob|about):/;

/** Notes what a page does that a picture never does: requests elsewhere, dialogs, windows, globals. */
export class PageWatch {
  readonly #page: Page;
  readonly #deeds: string[] = [];

  /** `home` is the address, with a slash at the end, that the page may talk to. */
  constructor(page: Page, home: string) {
    this.#page = page;
    const sockets = home.replace(/^http/, 'ws');
    page.on('request', request => {
      const url = request.url();
      if (!url.startsWith(home) && !INLINE.test(url)) this.#deeds.push(`request ${url}`);
    });
    page.on('websocket', socket => {
      if (!socket.url().startsWith(sockets)) this.#deeds.push(`socket ${socket.url()}`);
    });
    page.on('dialog', dialog => {
      this.#deeds.push(`dialog ${dialog.message()}`);
      dialog.dismiss().catch(() => undefined);
    });
    page.on('popup', popup => this.#deeds.push(`window ${popup.url()}`));
    page.on('framenavigated', frame => {
      if (frame === page.mainFrame() && !frame.url().startsWith(home))
        this.#deeds.push(`left for ${frame.url()}`);
    });
  }

  /** All that was noted so far; also whether the global of the attacks is there. */
  async deeds(): Promise<readonly string[]> {
    const set = await this.#page.evaluate(
      `[globalThis.${MARK}, Object.prototype.${MARK}, ({}).${MARK}].some(it => it !== undefined)`
    );
    return set === true ? [...this.#deeds, `the global ${MARK} is set`] : this.#deeds;
  }
}
