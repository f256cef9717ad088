/**
 * The octets that a base64 text of the contract stands for.
 * @throws DOMException `InvalidCharacterError` where it is not base64
 */
export function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
