/** Chromium at a window over the application in memory. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../../support/browser';
import type { FakeOptions, FakeTeletrans } from '../../../support/fake-teletrans';
import { buildPage, type BuiltPage } from '../../../support/page-build';
import type { WindowDependencies } from '../../../../src/teletrans/window/server/create-window';
import { openHarness, type Harness } from '../server/harness';
import { FOCUSED } from './in-page';

export class BrowserRig {
  /** What the browser complained about: errors of scripts, refusals of the content policy. */
  complaints: string[] = [];
  private opened: { harness: Harness; context: BrowserContext; page: Page } | null = null;

  private constructor(
    readonly browser: Browser,
    readonly built: BuiltPage,
  ) {}

  static async start(): Promise<BrowserRig> {
    const built = await buildPage();
    return new BrowserRig(await launchBrowser(), built);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.built.remove();
  }

  get page(): Page {
    return this.now.page;
  }

  get context(): BrowserContext {
    return this.now.context;
  }

  get harness(): Harness {
    return this.now.harness;
  }

  get teletrans(): FakeTeletrans {
    return this.now.harness.teletrans;
  }

  /** Opens the window as the telephone icon does. */
  async open(
    options: FakeOptions = {},
    before: (teletrans: FakeTeletrans) => void = () => undefined,
    parts: Partial<WindowDependencies> = {},
  ): Promise<void> {
    const harness = await openHarness(options, this.built.folder, parts);
    before(harness.teletrans);
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'fr-FR', reducedMotion: 'reduce' });
    const page = await context.newPage();
    this.opened = { harness, context, page };
    page.setDefaultTimeout(15_000);
    this.complaints = [];
    page.on('console', (message) => {
      // A refused code or a lost connection is also told to the console by the browser itself.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    await page.goto(harness.window.newUrl());
    await page.getByRole('heading', { name: 'Transmettre' }).waitFor();
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = null;
    await opened?.context.close();
    await opened?.harness.close();
  }

  focused(): Promise<string> {
    return this.page.evaluate<string>(FOCUSED);
  }

  /** Waits until the script says true in the page. The content policy keeps the page itself from evaluating texts, so it is asked from outside. */
  async until(script: string): Promise<void> {
    const end = Date.now() + 15_000;
    while (!(await this.page.evaluate<boolean>(script))) {
      if (Date.now() > end) throw new Error(`never true: ${script}`);
      await wait(10);
    }
  }

  /** Presses Tab until the element with this name has the focus. */
  async tabTo(name: RegExp): Promise<void> {
    for (let presses = 0; presses < 40; presses++) {
      await this.page.keyboard.press('Tab');
      if (name.test(await this.focused())) return;
    }
    throw new Error(`the keyboard does not reach ${name.source}`);
  }

  /** @param file null takes the card out. */
  async insertCard(file: string | null): Promise<void> {
    if (file === null) return this.page.getByRole('button', { name: 'Retirer' }).click();
    await this.page.getByLabel('Carte à mettre dans le lecteur').selectOption(file);
    await this.page.getByRole('button', { name: 'Insérer' }).click();
  }

  get code(): Locator {
    return this.page.getByLabel('Code à 4 chiffres');
  }

  /** Inserts the card, types its code and waits until it is open. */
  async openCard(file: string, code: string): Promise<void> {
    await this.insertCard(file);
    await this.code.fill(code);
    await this.code.press('Enter');
    await this.page.getByText('Code accepté').waitFor();
  }

  /** Follows a link of the header. */
  async view(name: RegExp): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name }).click();
  }

  /** Goes to a page by its address. */
  async goTo(view: string): Promise<void> {
    await this.page.evaluate(`location.hash = '#${view}'`);
    await this.page
      .locator(`main.view-${view.split('/')[0] ?? ''} h2`)
      .first()
      .waitFor();
  }

  private get now(): { harness: Harness; context: BrowserContext; page: Page } {
    if (this.opened === null) throw new Error('no window is open');
    return this.opened;
  }
}
