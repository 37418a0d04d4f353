import { createPrivateKey, type KeyObject, randomUUID, sign } from "node:crypto";
import { z } from "zod";
import type { LoadSettings } from "./load.ts";

export interface SignedNotice {
  body: string;
  headers: Record<string, string>;
}

const Ids = z.object({
  data: z.object({
    id: z.string(),
    payload: z.object({ call_control_id: z.string(), call_leg_id: z.string(), call_session_id: z.string() }).partial(),
  }),
});

/**
 * Makes the notices of one new call at each call of the returned function: the templates with fresh ids (so that each call
 * has a room of its own and no notice is a repeat), signed with Ed25519 over `timestamp|body` as the carrier signs.
 */
export function noticeMaker(settings: LoadSettings): () => SignedNotice[] {
  const key = createPrivateKey({ key: Buffer.from(settings.privateKey, "base64"), format: "der", type: "pkcs8" });
  const templates = settings.templates.map((body) => {
    const { id, payload } = Ids.parse(JSON.parse(body)).data;
    return { body, id, payload };
  });
  return () => {
    const fresh = new Map<string, string>();
    return templates.map(({ body, id, payload }) => {
      let text = body.replaceAll(id, randomUUID());
      for (const old of Object.values(payload).filter((value) => value !== undefined)) {
        const replacement = fresh.get(old) ?? `${old.startsWith("v3:") ? "v3:" : ""}${randomUUID()}`;
        fresh.set(old, replacement);
        text = text.replaceAll(old, replacement);
      }
      return { body: text, headers: { "content-type": "application/json", ...signatureHeaders(key, text) } };
    });
  };
}

/** The headers by which the carrier proves a notice: Ed25519 over `timestamp|body`. */
export function signatureHeaders(key: KeyObject, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    "telnyx-timestamp": timestamp,
    "telnyx-signature-ed25519": sign(null, Buffer.from(`${timestamp}|${body}`), key).toString("base64"),
  };
}
