import { WorkspaceId } from "@earwitness/shared";
import { z } from "zod";
import type { WorkspaceActor } from "../context.ts";
import { isAllowed } from "./permissions.ts";
import { readTicket, signTicket } from "./ticket.ts";

/** Who is behind a live socket, as the API tells the room that it hands the socket to. */
export const Watcher = z.object({
  workspaceId: WorkspaceId,
  /** The session or the key by which they came: the socket is closed with it. */
  sessionId: z.string().min(1).max(100),
  actorId: z.string().min(1).max(100),
  /** When the session ends by itself; null for a key that is only ever revoked. */
  expiresAt: z.iso.datetime().nullable(),
  /** Whether they may hear a call, besides reading it. */
  mayListen: z.boolean(),
  /** When what they may was looked up, at the latest: older than a change of it, the socket is not opened. */
  asOf: z.iso.datetime().default(new Date(0).toISOString()),
});
export type Watcher = z.infer<typeof Watcher>;

/** The actor, looked up after `asOf`, as a watcher until their session ends; a key, or an exchange of it, is a session of its own. */
export function watcherOf(actor: WorkspaceActor, session: { id: string; expiresAt: Date } | null, asOf: Date): Watcher {
  const actorId = actor.kind === "user" ? actor.userId : actor.keyId;
  const ofKey = actor.kind === "apiKey" ? { id: actor.familyId ?? actorId, expiresAt: actor.expiresAt } : null;
  return {
    workspaceId: actor.workspaceId,
    sessionId: session?.id ?? ofKey?.id ?? actorId,
    actorId,
    expiresAt: (session ?? ofKey)?.expiresAt?.toISOString() ?? null,
    mayListen: isAllowed(actor, "calls:listen"),
    asOf: asOf.toISOString(),
  };
}

/** The header in which the API names an upgrade's watcher as JSON. Rooms have no public route, so nobody else can set it. */
export const WATCHER_HEADER = "x-earwitness-watcher";

/** Long enough to connect with, too short to be worth stealing. A room remembers a spent token this long. */
export const LIVE_TOKEN_TTL_MS = 60_000;

const LiveToken = z.object({ room: z.string().min(1).max(200), jti: z.string().min(1).max(100), watcher: Watcher });
/** What a live token says: who may watch in which room. `jti` is by what it is known, so that it works once. */
export type LiveToken = z.infer<typeof LiveToken>;
const LiveAddress = LiveToken.pick({ room: true });

/** A token for the first frame of a socket, and the ticket in that socket's address by which it comes to the room. */
export async function liveTickets(
  secret: string,
  token: LiveToken,
  now: Date,
): Promise<{ token: string; address: string; expiresAt: Date }> {
  const expiresAt = new Date(now.getTime() + LIVE_TOKEN_TTL_MS);
  return {
    token: await signTicket(secret, "live", token, expiresAt),
    address: await signTicket(secret, "live-address", { room: token.room }, expiresAt),
    expiresAt,
  };
}

/** What a token says; null for one that we did not sign, or that is too old. */
export function readLiveToken(secret: string, token: string, now: Date): Promise<LiveToken | null> {
  return readTicket(secret, "live", token, LiveToken, now);
}

/** The room that a socket's address leads to; null for an address that is none of ours, or too old. */
export async function readLiveAddress(secret: string, ticket: string, now: Date): Promise<string | null> {
  return (await readTicket(secret, "live-address", ticket, LiveAddress, now))?.room ?? null;
}
