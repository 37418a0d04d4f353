import type { ServerFrame } from "./frames.ts";
import type { StreamRefusal } from "./refusal.ts";

/** The client's socket. */
export interface Line {
  send(frame: ServerFrame): void;
  close(code: number, reason: string): void;
  /** Breaks the connection without a close. */
  break(): void;
}

/** What a WebSocket's close frame has room for: a longer sentence is only in the `Error` frame. */
const MAX_REASON_BYTES = 123;

/** Ends a session by the vendor's will: an `Error` frame, then a close with the same code. */
export function tellRefusal(line: Line, { code, message }: StreamRefusal): void {
  line.send({ type: "Error", error_code: code, error: message });
  line.close(code, Buffer.byteLength(message) > MAX_REASON_BYTES ? "See Error message for details" : message);
}
