"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { type CallLink, type LiveCallView, openCallLink } from "./call-link.ts";

/** A link that nobody shows any more stays open for a moment: its next viewer is often the screen that follows. */
const LINGER_MS = 2_000;

interface Shared {
  link: CallLink;
  viewers: number;
  closing: ReturnType<typeof setTimeout> | undefined;
}
const open = new Map<string, Shared>();

function take(callId: string): CallLink {
  const shared = open.get(callId) ?? { link: openCallLink(callId), viewers: 0, closing: undefined };
  open.set(callId, shared);
  clearTimeout(shared.closing);
  shared.viewers++;
  return shared.link;
}

function give(callId: string): void {
  const shared = open.get(callId);
  if (!shared || --shared.viewers > 0) return;
  shared.closing = setTimeout(() => {
    shared.link.close();
    open.delete(callId);
  }, LINGER_MS);
}

/** The link to a live call while the component is on screen, one for all who show the same call; null for no call. */
export function useCallLink(callId: string | null): CallLink | null {
  const [link, setLink] = useState<CallLink | null>(null);
  useEffect(() => {
    if (callId === null) return;
    setLink(take(callId));
    return () => {
      setLink(null);
      give(callId);
    };
  }, [callId]);
  return link;
}

const never = () => () => {};

/** What the link shows now; drawn again with each word and deed. Null while there is no link. */
export function useLiveCall(link: CallLink | null): LiveCallView | null {
  return useSyncExternalStore(
    link?.subscribe ?? never,
    () => link?.getView() ?? null,
    () => null,
  );
}
