import { CallId, EarwitnessError, type PlaceCall } from "@earwitness/shared";
import { z } from "zod";
import type { Context } from "../context.ts";
import { sha256Hex } from "../identity/secret.ts";
import type { Repositories } from "../ports/repositories/index.ts";

const Kept = z.object({ callId: CallId });

/**
 * The id of the call that an idempotency key stands for: a new one at the first request, the same at each repeat, also when the
 * first one broke off. Throws `unprocessable` when the key came with another wish before.
 */
export async function callIdOfKey(
  ctx: Pick<Context, "newId">,
  tx: Pick<Repositories, "idempotency">,
  key: string,
  wish: PlaceCall,
): Promise<{ callId: CallId; isNew: boolean }> {
  const requestSha256 = await sha256Hex(JSON.stringify(["place-call", wish.from, wish.to, wish.detectMachine]));
  const callId = ctx.newId("call");
  const kept = await tx.idempotency.keep(key, { requestSha256, body: { callId } });
  if (kept === "kept") return { callId, isNew: true };
  if (kept.requestSha256 !== requestSha256) {
    throw new EarwitnessError("unprocessable", "This Idempotency-Key was used for another request. Take a new key.", {
      fields: [{ pointer: "header/idempotency-key", detail: "was used with another body" }],
    });
  }
  return { ...Kept.parse(kept.body), isNew: false };
}
