import { decodeJwt } from "jose";
import { z } from "zod";
import { readTicket, signTicket } from "../identity/ticket.ts";

/** A stream of a leg's sound on its way to the call's room: `key` is that of the command that asked for it. */
export const MediaStream = z.object({ room: z.string().min(1).max(200), key: z.string().min(1).max(200) });
export type MediaStream = z.infer<typeof MediaStream>;

/** The carrier connects within seconds of the command, which may be repeated for a minute. */
const TTL_MS = 2 * 60_000;

/**
 * The path under which the carrier brings a stream to the webhooks worker. Nobody else can know it: it proves itself, before
 * any room is woken.
 */
export async function mediaPath(secret: string, { room, key }: MediaStream, now: Date): Promise<string> {
  return `/media/${await signTicket(secret, "media", { room, key }, new Date(now.getTime() + TTL_MS))}`;
}

/** The stream that a path's last part names; null where we did not sign it, or long ago. */
export function readMediaTicket(secret: string, ticket: string, now: Date): Promise<MediaStream | null> {
  return readTicket(secret, "media", ticket, MediaStream, now);
}

/**
 * The stream that an address of ours names, unproved: for a notice that the carrier signed, which says of which stream it
 * tells. Null where the address is missing or none of ours.
 */
export function namedStream(url: string | null): MediaStream | null {
  const ticket = url === null ? "" : (url.split("/media/")[1] ?? "");
  try {
    return MediaStream.safeParse(decodeJwt(ticket)).data ?? null;
  } catch {
    return null;
  }
}
