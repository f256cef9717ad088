/**
 * The path of a file of the chat on this page's own server, or `null`: the server may know itself by another name than
 * this page does, and nothing foreign is to be loaded.
 */
export function filePath(url: string): string | null {
  const path = URL.canParse(url, 'http://page') ? new URL(url, 'http://page').pathname : '';
  return /^\/api\/files\/[\w-]+\/[^/]+$/.test(path) ? path : null;
}

/** The name at the end of the path of a file. */
export function fileName(path: string): string {
  const last = path.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    // Not as an address is written: it is shown as it is.
    return last;
  }
}
