import { z } from "zod";

const State = z.object({ v: z.literal(1), room: z.string().min(1).max(200) });

/** Our state as Telnyx echoes it on each notice of a leg: base64 of UTF-8 JSON that names the call's room. */
export function encodeClientState(room: string): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ v: 1, room }));
  return btoa(String.fromCharCode(...bytes));
}

/** The room that a `client_state` names; null where it is none of ours. */
export function roomOfClientState(clientState: string | null | undefined): string | null {
  if (!clientState) return null;
  try {
    const bytes = Uint8Array.from(atob(clientState), (character) => character.charCodeAt(0));
    const parsed = State.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data.room : null;
  } catch {
    return null;
  }
}
