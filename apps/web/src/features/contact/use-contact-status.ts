import type { AcceptedContact, ContactStatus } from "@earwitness/shared";
import { useEffect, useState } from "react";
import { readContactStatus } from "../../api/contact.ts";

/** Most mails are out within a second; one that waits for its service waits for minutes. */
const FIRST_WAIT_MS = 700;
const LONGEST_WAIT_MS = 10_000;
/** Then nobody is looking any more. */
const GIVE_UP_AFTER_MS = 10 * 60_000;

/** What became of a message, asked again until it is known; `queued` as long as it is not. */
export function useContactStatus(accepted: AcceptedContact): ContactStatus["state"] {
  const [state, setState] = useState<ContactStatus["state"]>("queued");
  useEffect(() => {
    const leaving = new AbortController();
    void follow(accepted, leaving.signal, setState);
    return () => leaving.abort();
  }, [accepted]);
  return state;
}

async function follow(
  accepted: AcceptedContact,
  signal: AbortSignal,
  tell: (state: ContactStatus["state"]) => void,
): Promise<void> {
  const until = Date.now() + GIVE_UP_AFTER_MS;
  for (let waitMs = FIRST_WAIT_MS; Date.now() < until; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 1.5)) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (signal.aborted) return;
    // No answer says nothing of the message: it is asked for again.
    const answer = await readContactStatus(accepted, signal).catch(() => null);
    if (signal.aborted) return;
    if (answer !== null && answer.state !== "queued") return tell(answer.state);
  }
}
