import {
  CallFrame,
  LISTEN_HEADER_BYTES,
  LIVE_ACK_EVERY,
  LIVE_AUTHENTICATE_WITHIN_MS,
  LIVE_CLOSE,
  LIVE_CLOSE_MEANS,
  LIVE_MOST_UNACKED,
  LIVE_PING,
  LIVE_PONG,
  LiveAction,
  LiveFrame,
} from "@earwitness/shared";
import { z } from "zod";
import { shapesOf, typeTable, variantsOf } from "./schema-tables.ts";

const WRITTEN_BY = "<!-- Made from packages/shared/src/live by `pnpm docs:live`. Change it there. -->";

/** The page `docs/live.md`: everything that goes over a live socket, made from the schemas that both ends parse it by. */
export function livePage(): string {
  const shapes = shapesOf([CallFrame, LiveFrame, LiveAction]);
  const seconds = LIVE_AUTHENTICATE_WITHIN_MS / 1000;
  return `${[
    WRITTEN_BY,
    "# Live sockets",
    "`wss://…/live` tells what changes in a workspace; `wss://…/live?call=<id>` one call while it is spoken. Frames and actions are JSON texts. Every frame has the version `v` of this contract, 1, and a sequence number `seq`.",
    "## Opening",
    `**With a session's cookie**, from a page of the app's own origin: at once. Another origin is answered 403, a session that is no more 401, before the upgrade.`,
    `**With a token**: \`POST /v1/live-tokens\` gives a \`token\` and a \`url\`. Connect to it, and send \`{"action": "authenticate", "token": …}\` as the first frame, within ${seconds} s. Nothing is sent before. A token is good for a minute, and once; for the next socket there is another.`,
    "A socket is closed within 5 s when its session is signed out or its key is revoked, and when what its owner may has changed: then it comes back with that.",
    "## Staying in step",
    "`seq` rises by one with each frame that must not be missed. A client that comes back with `?after=` and the last number that it has gets exactly the frames after it, or `reset`. For the workspace that is `?after=<seq>`; for a call `?after=<epoch>.<seq>`, because a call's room that was reset begins to count anew. Frames of a call that are worth nothing later (`levels`, `clock`, `latency`, `listening`) carry the number of the last one before them.",
    `Acknowledge at least every ${LIVE_ACK_EVERY} numbered frames by \`ack\`. Who has not acknowledged ${LIVE_MOST_UNACKED} is closed as too slow. Send the text \`${LIVE_PING}\` every 30 s; \`${LIVE_PONG}\` comes back.`,
    "## Frames of a call",
    ...variantsOf(CallFrame, "type"),
    "**Sound.** After `listen`, binary frames come: " +
      `a big-endian ${LISTEN_HEADER_BYTES * 8}-bit position in ms since the answer, then as many bytes of µ-law (8 kHz) of the caller as of the agent, one after the other; 100 ms each.`,
    "## Frames of a workspace",
    ...variantsOf(LiveFrame, "type"),
    "## Actions",
    "What a client may say. Anything else closes the socket.",
    ...variantsOf(LiveAction, "action"),
    "## Shapes",
    ...shapes.flatMap(([name, schema]) => [`### ${name}`, typeTable(schema)]),
    "## Close codes",
    ["| code | | |", "|---|---|---|", ...closeRows()].join("\n"),
  ].join("\n\n")}\n`;
}

function closeRows(): string[] {
  return Object.entries(z.record(z.string(), z.number()).parse(LIVE_CLOSE)).map(
    ([name, code]) => `| ${code} | \`${name}\` | ${z.record(z.string(), z.string()).parse(LIVE_CLOSE_MEANS)[name]} |`,
  );
}
