import { afterAll, beforeAll, describe, it } from 'vitest';
import { axe } from './axe.ts';
import { type BuiltServer, startBuiltServer } from './built-server.ts';
import { followHalfWay, openLesson1 } from './lesson-1.ts';
import { fits, LOOKS, lookName } from './looks.ts';
import { isReady, MAIN_PAGES } from './main-pages.ts';
import { DESKTOP, openPage } from './open-page.ts';
import { screenshot } from './screenshot.ts';

/** `npm run looks`: a picture of every page in every look, each opened anew and given to axe. */
describe.each(LOOKS)('in $theme, $language, $viewport.width px wide', (look) => {
  let server: BuiltServer;
  beforeAll(async () => {
    server = await startBuiltServer();
  });
  afterAll(() => server.stop());

  it.each(MAIN_PAGES)('$path is accessible and fits', async (main) => {
    const { page } = await openPage({ server, path: main.path, ...look });
    await isReady(page, main);
    await screenshot(page, `${main.name}-${lookName(look)}`);
    await axe(page);
    await fits(page, main.path);
  });

  // On a phone the terminal lies over the words.
  if (look.viewport !== DESKTOP) return;
  it('lesson 1 is accessible and fits half-way', async () => {
    const { page } = await openLesson1({ server, ...look });
    await followHalfWay(page);
    await screenshot(page, `lesson-half-way-${lookName(look)}`);
    await axe(page);
    await fits(page, lookName(look));
  });
});
