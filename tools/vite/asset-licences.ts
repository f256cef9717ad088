import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Where the list is written, beside the `licenses.json` of the scripts, and in its form. */
const FILE_NAME = 'asset-licenses.json';

/** Folder and name of the package that a file belongs to. */
const IN_PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * Lists the licences of packages that give the page files other than scripts, such as fonts: Vite's own list knows only
 * scripts, and the OFL wants to travel with its font.
 *
 * @param nodeModules folder of the installed packages.
 */
export function assetLicences(nodeModules: string): Plugin {
  return {
    name: 'porthole:asset-licences',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    async generateBundle(_options, bundle) {
      const names = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset') continue;
        for (const original of file.originalFileNames) {
          const [, name] = IN_PACKAGE.exec(original.replaceAll('\\', '/')) ?? [];
          if (name) names.add(name);
        }
      }
      const licences = await Promise.all([...names].sort().map((name) => licenceOf(join(nodeModules, name))));
      this.emitFile({ type: 'asset', fileName: FILE_NAME, source: `${JSON.stringify(licences, null, 2)}\n` });
    },
  };
}

async function licenceOf(folder: string) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { name, version, identifier: license, text: await readFile(join(folder, 'LICENSE'), 'utf8') };
}
