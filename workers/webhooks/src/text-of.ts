/**
 * A body as text that gives the same bytes again: UTF-8 as it is, anything else as `base64:` and its base64. A vendor's
 * notice is JSON, so the latter only ever holds what could not be read anyway.
 */
export function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    let binary = "";
    for (const byte of body) binary += String.fromCharCode(byte);
    return `base64:${btoa(binary)}`;
  }
}
