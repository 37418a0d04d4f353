import type { LiveFrame } from "@earwitness/shared";
import type { QueryClient } from "@tanstack/react-query";
import { meQuery } from "../api/queries.ts";
import { leaveForSignIn } from "../api/sign-in-address.ts";
import { applyNews, refreshAll } from "./apply-news.ts";
import { liveAddress } from "./live-address.ts";
import { openLiveSocket } from "./live-socket.ts";
import type { LinkState } from "./resuming-socket.ts";

/** News within this come in one go: a call that ends changes several things at once. */
const BURST_MS = 150;
/** How often the screen asks by itself while the link is cut. */
const POLL_MS = 5_000;
/** A link that has not come up by then is spoken of. */
const JOINING_PATIENCE_MS = 5_000;

/**
 * Keeps what is on screen in step with the server: by live news while the link holds, by asking every 5 s while it does not.
 * Tells of the link's state whenever it changes. Ends when the returned function is called.
 */
export function keepInStep(client: QueryClient, onLink: (state: LinkState) => void): () => void {
  let waiting: Extract<LiveFrame, { type: "changed" }>[] = [];
  let flush: ReturnType<typeof setTimeout> | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  const patience = setTimeout(() => tell({ is: "cut-off", since: Date.now() }), JOINING_PATIENCE_MS);

  function tell(link: LinkState) {
    clearTimeout(patience);
    clearInterval(poll);
    if (link.is === "cut-off") {
      poll = setInterval(() => void refreshAll(client), POLL_MS);
      // The server also hangs up when what one may here has changed; the screen must know before the link is back.
      void client.invalidateQueries(meQuery);
    }
    onLink(link);
  }

  function hear(frame: LiveFrame) {
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
      // A list that could not be patched is read anew; if that fails too, the screen shows it.
      applyNews(client, news).catch(() => refreshAll(client));
    }, BURST_MS);
  }

  const close = openLiveSocket({
    url: liveAddress(),
    onLink: tell,
    onSignedOut: () => leaveForSignIn(true),
    onFrame: hear,
  });
  return () => {
    close();
    clearTimeout(flush);
    clearTimeout(patience);
    clearInterval(poll);
  };
}
