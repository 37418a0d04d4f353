import { base64Of, bytesOfBase64 } from "@earwitness/shared";
import { z } from "zod";

const State = z.object({ v: z.literal(1), room: z.string().min(1).max(200) });

/** Our state as Telnyx echoes it on each notice of a leg: base64 of UTF-8 JSON that names the call's room. */
export function encodeClientState(room: string): string {
  return base64Of(new TextEncoder().encode(JSON.stringify({ v: 1, room })));
}

/** The room that a `client_state` names; null where it is none of ours. */
export function roomOfClientState(clientState: string | null | undefined): string | null {
  if (!clientState) return null;
  try {
    const parsed = State.safeParse(JSON.parse(new TextDecoder().decode(bytesOfBase64(clientState))));
    return parsed.success ? parsed.data.room : null;
  } catch {
    return null;
  }
}
