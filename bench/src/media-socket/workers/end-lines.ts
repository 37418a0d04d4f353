import type { Packer, Track } from "./packer.ts";

/** Sends what is left of both tracks and closes. */
export function endLines(out: Record<Track, WebSocket>, packer: Packer): void {
  for (const track of ["inbound", "outbound"] as const) {
    const rest = packer.rest(track);
    if (rest.length > 0) out[track].send(rest);
    out[track].close(1000);
  }
}
