import { afterAll, beforeAll, it } from 'vitest';
import { type BuiltServer, startBuiltServer } from './built-server.ts';
import { isAccessibleInEveryLook } from './looks.ts';
import { isReady, MAIN_PAGES } from './main-pages.ts';
import { openPage } from './open-page.ts';

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

it.each(MAIN_PAGES)('$path is accessible and fits in every theme, language and width', async (main) => {
  const { page } = await openPage({ server, path: main.path });
  await isReady(page, main);
  await isAccessibleInEveryLook(page);
});
