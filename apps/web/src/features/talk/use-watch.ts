"use client";
import type { CallView } from "@earwitness/shared";
import { useState } from "react";
import type { CallLink, LiveCallView } from "../../live/call-link.ts";
import { useCallLink, useLiveCall } from "../../live/use-live-call.ts";

/**
 * Watches a call from when it is answered, and keeps what was heard when it ends. A call that was over before it was looked at
 * has nobody left to tell of it: null, as before the answer.
 */
export function useWatch(call: Pick<CallView, "id" | "state">): { link: CallLink; view: LiveCallView } | null {
  const [wasLive, setWasLive] = useState(call.state === "live");
  if (call.state === "live" && !wasLive) setWasLive(true);
  const link = useCallLink(wasLive ? call.id : null);
  const view = useLiveCall(link);
  return link && view && { link, view };
}
