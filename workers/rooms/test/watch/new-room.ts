import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { liveTickets, type Watcher } from "@earwitness/core";
import { CallFrame, type Caption } from "@earwitness/shared";
import { SECRET, type WatchedRoom } from "./watched-room.ts";
import { aWatcher, type Heard, hear, upgradeOf } from "./watching.ts";

const HEARD_AT_MS = Date.now() - 400;

/** The nth sentence of a call; callers and agents take turns. */
export function aCaption(n: number, changes: Partial<Caption> = {}): Caption {
  const channel = n % 2 === 0 ? "caller" : "agent";
  const startMs = n * 100;
  const said = { id: `caption-${n}`, text: `Sentence ${n}.`, words: [], language: "en", isFinal: true };
  return { ...said, channel, startMs, endMs: startMs + 90, heardAtMs: HEARD_AT_MS, ...changes };
}

/** A room of its own for each test, and what a test does with it. */
export function newRoom() {
  const name = `call-${crypto.randomUUID()}`;
  const stub = env.WATCHED_ROOM.getByName(name);
  const inside = <T>(work: (room: WatchedRoom) => T | Promise<T>) =>
    runInDurableObject(stub, (room: WatchedRoom) => work(room));
  const connect = async (watcher: Watcher | null = aWatcher(), after?: string): Promise<Heard<CallFrame>> => {
    const query = after === undefined ? "" : `?after=${after}`;
    const response = await stub.fetch(`https://rooms.test/watch${query}`, { headers: upgradeOf(watcher) });
    return hear(response, (frame) => CallFrame.parse(frame));
  };
  const say = (...captions: Caption[]) =>
    inside((room) => {
      for (const caption of captions) room.say(caption);
    });
  const tokenFor = async (watcher: Watcher, now = new Date(), room = name) =>
    (await liveTickets(SECRET, { room, jti: crypto.randomUUID(), watcher }, now)).token;
  return { name, inside, connect, say, tokenFor };
}

/** The kinds of the frames that were heard. */
export const typesOf = ({ frames }: Heard<CallFrame>) => frames.map(({ type }) => type);
/** The captions that were heard. */
export const textsOf = ({ frames }: Heard<CallFrame>) =>
  frames.flatMap((frame) => (frame.type === "caption" ? [frame.caption.text] : []));
