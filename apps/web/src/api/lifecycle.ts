import type { HoldView, PlaceHold, RetentionKind } from "@earwitness/shared";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { command, request } from "./request.ts";

/** What is deleted, when, and what must not be. */

export const trashQuery = infiniteQueryOptions({
  queryKey: ["trash"],
  queryFn: ({ pageParam, signal }) =>
    request({
      path: pageParam === null ? "/trash" : `/trash?cursor=${encodeURIComponent(pageParam)}`,
      signal,
      returns: (contract) => contract.TrashList,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

/** The holds that are not released; with a call, those that keep it. */
export function holdsQuery(callId: string | null = null) {
  return queryOptions({
    queryKey: ["holds", callId],
    queryFn: ({ signal }) =>
      request({
        path: callId === null ? "/holds" : `/holds?callId=${callId}`,
        signal,
        returns: (contract) => contract.HoldList,
      }),
  });
}

/** What the next run would take away by these rules; without any, by those that are saved. */
export function retentionPreviewQuery(rules: Partial<Record<RetentionKind, number>>) {
  const query = new URLSearchParams(Object.entries(rules).map(([kind, days]) => [kind, String(days)])).toString();
  return queryOptions({
    queryKey: ["retention", query],
    queryFn: ({ signal }) =>
      request({
        path: query === "" ? "/retention/preview" : `/retention/preview?${query}`,
        signal,
        returns: (contract) => contract.RetentionPreview,
      }),
  });
}

/** Puts a call into the trash. */
export function deleteCall(callId: string): Promise<void> {
  return command({ path: `/calls/${callId}`, method: "DELETE" });
}

/** Takes a call out of the trash. */
export function restoreCall(callId: string): Promise<void> {
  return command({ path: `/calls/${callId}/restore`, method: "POST" });
}

/** Keeps a call, or with null everything, from being deleted. `key` makes a repeated press one hold. */
export function placeHold(body: PlaceHold, key: string): Promise<HoldView> {
  const headers = { "idempotency-key": key };
  return request({ path: "/holds", method: "POST", body, headers, returns: (contract) => contract.HoldView });
}

/** Ends a hold; what else holds the same call goes on. */
export function releaseHold(holdId: string): Promise<HoldView> {
  return request({ path: `/holds/${holdId}/release`, method: "POST", returns: (contract) => contract.HoldView });
}
