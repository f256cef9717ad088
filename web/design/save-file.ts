/** How long the browser may take to begin reading what it saves, in milliseconds. */
const KEPT_MS = 60_000;

/** Has the browser save a file under that name. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Kept for ever it would be a leak.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
