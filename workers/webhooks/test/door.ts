import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { MailNoticeMessage, NoticeMessage, RawNotice } from "@earwitness/shared";
import { z } from "zod";
import { PRIVATE_KEY_PKCS8 } from "./keys.ts";

/** A room of the scripted worker, as the tests look into it. */
export interface ScriptedRoom {
  list(): Promise<unknown>;
}

/** What a room has kept. */
export async function keptIn(room: string): Promise<RawNotice[]> {
  return z.array(RawNotice).parse(await env.CALL_ROOM.getByName(room).list());
}

/** What the queue has brought for a room. */
export async function queuedFor(room: string): Promise<RawNotice[]> {
  const messages = z.array(NoticeMessage).parse(await env.CALL_ROOM.getByName("queue").list());
  return messages.filter((message) => message.room === room).map((message) => message.notice);
}

/** What the queue has brought of a notice of the mail service, by its id. */
export async function queuedMailNotices(id: string): Promise<MailNoticeMessage[]> {
  const messages = z.array(MailNoticeMessage).parse(await env.CALL_ROOM.getByName("mail-notices").list());
  return messages.filter((message) => message.id === id);
}

let signingKey: Promise<CryptoKey> | undefined;
function ourKey(): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(PRIVATE_KEY_PKCS8), (character) => character.charCodeAt(0));
  signingKey ??= crypto.subtle.importKey("pkcs8", bytes, { name: "Ed25519" }, false, ["sign"]);
  return signingKey;
}

/** The headers by which Telnyx signs `body`; `key` of another account where given. */
export async function signed(body: string | Uint8Array, options: { atMs?: number; key?: CryptoKey } = {}) {
  const timestamp = String(Math.floor((options.atMs ?? Date.now()) / 1000));
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const message = new Uint8Array([...new TextEncoder().encode(`${timestamp}|`), ...bytes]);
  const signature = await crypto.subtle.sign("Ed25519", options.key ?? (await ourKey()), message);
  return {
    "content-type": "application/json",
    "telnyx-timestamp": timestamp,
    "telnyx-signature-ed25519": btoa(String.fromCharCode(...new Uint8Array(signature))),
  };
}

export function post(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return SELF.fetch(`https://hooks.test${path}`, { method: "POST", body, headers });
}

export async function postTelnyx(body: string, path = "/webhooks/telnyx"): Promise<Response> {
  return post(path, body, await signed(body));
}

let serial = 0;

/** A notice of a session of its own. `name` becomes part of the session, and so of the room. */
export function telnyxBody(name = "call", payload: object = {}): { body: string; room: string; eventId: string } {
  serial += 1;
  const session = `${name}-${serial}`;
  const eventId = crypto.randomUUID();
  const data = {
    record_type: "event",
    event_type: "call.hangup",
    id: eventId,
    occurred_at: "2026-11-21T09:00:00.076316Z",
    payload: { call_control_id: "v3:x", call_leg_id: "leg", call_session_id: session, ...payload },
  };
  return { body: JSON.stringify({ data }), room: `telnyx:${session}`, eventId };
}

/** Waits until `check` is true of what `read` gives, and gives that. */
export async function until<T>(read: () => Promise<T>, check: (value: T) => boolean, limitMs = 5000): Promise<T> {
  const endMs = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (check(value)) return value;
    if (Date.now() > endMs) throw new Error(`Not in time; it is ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The room of the present hour for what belongs to no call. */
export function unsortedRoom(): string {
  const [day, time] = new Date().toISOString().split("T");
  return `telnyx:unsorted:${day}-${time?.slice(0, 2)}`;
}
