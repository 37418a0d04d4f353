"use client";
import type { LiveFrame } from "@earwitness/shared";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { leaveForSignIn } from "../features/session/sign-in-address.ts";
import { applyNews, refreshAll } from "./apply-news.ts";
import { type LinkState, openLiveSocket } from "./live-socket.ts";

/** News within this come in one go: a call that ends changes several things at once. */
const BURST_MS = 150;
/** How often the screen asks by itself while the link is cut. */
const POLL_MS = 5_000;
/** A link that has not come up by then is spoken of. */
const JOINING_PATIENCE_MS = 5_000;

const LinkContext = createContext<LinkState>({ is: "joining" });

/** Whether this page hears of changes as they happen. */
export function useLink(): LinkState {
  return use(LinkContext);
}

/** Keeps what is on screen in step with the server: by live news while the link holds, by asking while it does not. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [link, setLink] = useState<LinkState>({ is: "joining" });

  useEffect(() => {
    let waiting: Extract<LiveFrame, { type: "changed" }>[] = [];
    let flush: ReturnType<typeof setTimeout> | undefined;
    const close = openLiveSocket({
      url: `${window.location.origin.replace(/^http/, "ws")}/live`,
      read: async (data) => (await import("../api/contract.ts")).LiveFrame.safeParse(parseJson(data)).data ?? null,
      onLink: setLink,
      onSignedOut: leaveForSignIn,
      onFrame: (frame) => {
        if (frame.type !== "changed") {
          // What changed between the last answer and this moment was told to nobody.
          void refreshAll(client);
          return;
        }
        waiting.push(frame);
        flush ??= setTimeout(() => {
          const news = waiting;
          waiting = [];
          flush = undefined;
          // A read that fails is shown by the query itself; here it only must not go unhandled.
          applyNews(client, news).catch(() => refreshAll(client));
        }, BURST_MS);
      },
    });
    return () => {
      close();
      clearTimeout(flush);
    };
  }, [client]);

  useEffect(() => {
    if (link.is === "in-step") return;
    const patience =
      link.is === "joining"
        ? setTimeout(() => setLink({ is: "cut-off", since: Date.now() }), JOINING_PATIENCE_MS)
        : undefined;
    const poll = setInterval(() => void refreshAll(client), POLL_MS);
    return () => {
      clearTimeout(patience);
      clearInterval(poll);
    };
  }, [link.is, client]);

  return <LinkContext value={link}>{children}</LinkContext>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
