import type {
  ApiKeyScope,
  CommandTaken,
  CreatedApiKey,
  NumberView,
  PlaceCall,
  PlacedCall,
  RetryTaken,
  UpdateNumber,
} from "@earwitness/shared";
import type { z } from "zod";
import { command, request } from "./request.ts";

/** What a person can ask for. Each is safe to send twice: the server makes one effect of it. */

/** Rings `to` from one of our numbers. `key` makes a repeated press one call; make it anew for each call. */
export function placeCall(body: PlaceCall, key: string): Promise<z.infer<typeof PlacedCall>> {
  const headers = { "idempotency-key": key };
  return request({ path: "/calls", method: "POST", body, headers, returns: (contract) => contract.PlacedCall });
}

export function hangUp(callId: string): Promise<z.infer<typeof CommandTaken>> {
  return request({ path: `/calls/${callId}/hangup`, method: "POST", returns: (contract) => contract.CommandTaken });
}

/** Fetches a recording from the carrier again. */
export function retryRecording(recordingId: string): Promise<z.infer<typeof RetryTaken>> {
  return request({
    path: `/recordings/${recordingId}/retry`,
    method: "POST",
    returns: (contract) => contract.RetryTaken,
  });
}

/** Asks for a call's transcript again. */
export function retryTranscript(callId: string): Promise<z.infer<typeof RetryTaken>> {
  return request({
    path: `/calls/${callId}/transcript/retry`,
    method: "POST",
    returns: (contract) => contract.RetryTaken,
  });
}

/** Asks the carrier for its numbers again. */
export function syncNumbers(): Promise<z.infer<typeof RetryTaken>> {
  return request({ path: "/numbers/sync", method: "POST", returns: (contract) => contract.RetryTaken });
}

/** Changes a number's settings, if nobody else changed them since `version`. */
export function updateNumber(numberId: string, version: number, body: UpdateNumber): Promise<NumberView> {
  const headers = { "if-match": `"${version}"` };
  return request({
    path: `/numbers/${numberId}`,
    method: "PATCH",
    body,
    headers,
    returns: (contract) => contract.NumberView,
  });
}

/** Makes a key. `key` makes a repeated press one. The answer holds the key itself, this once. */
export function createApiKey(
  body: { name: string; scope: z.infer<typeof ApiKeyScope>; expiresInDays: number | null },
  key: string,
): Promise<z.infer<typeof CreatedApiKey>> {
  const headers = { "idempotency-key": key };
  return request({ path: "/api-keys", method: "POST", body, headers, returns: (contract) => contract.CreatedApiKey });
}

export function revokeApiKey(apiKeyId: string): Promise<void> {
  return command({ path: `/api-keys/${apiKeyId}`, method: "DELETE" });
}
