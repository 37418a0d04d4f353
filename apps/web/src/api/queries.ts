import type { CallList, ListCallsQuery } from "@earwitness/shared";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { type CallFilters, NO_FILTERS, toQuery, writeFilters } from "./call-filters.ts";
import { forgetPlaced, wasJustPlaced } from "./placed-here.ts";
import { request } from "./request.ts";

const ASK_AGAIN_MS = 250;

/** What the screens show, each with the key under which it is kept. News of a change makes keys stale (`live/`). */

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => request({ path: "/me", signal, returns: (contract) => contract.MeView }),
  staleTime: 5 * 60_000,
});

export function callsQuery(filters: CallFilters) {
  return infiniteQueryOptions({
    queryKey: ["calls", writeFilters(filters)],
    queryFn: ({ pageParam, signal }) => listCalls(filters, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
  });
}

/** One page of the list; a null cursor begins at the newest. */
export function listCalls(filters: CallFilters, cursor: string | null, signal?: AbortSignal): Promise<CallList> {
  const query: Partial<ListCallsQuery> = { ...toQuery(filters, new Date()), ...(cursor && { cursor }) };
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return request({ path: `/calls?${search}`, returns: (contract) => contract.CallList, ...(signal && { signal }) });
}

export function callQuery(callId: string) {
  return queryOptions({
    queryKey: ["call", callId],
    queryFn: async ({ signal }) => {
      if (wasJustPlaced(callId)) await untilListed(callId, signal);
      return request({
        path: `/calls/${encodeURIComponent(callId)}`,
        signal,
        returns: (contract) => contract.CallView,
      });
    },
  });
}

/**
 * Waits for the record of a call that was placed a moment ago: it is written behind the answer. The list is asked, which is
 * never refused, because a "not found" would stand in the console as an error that it is not.
 */
async function untilListed(callId: string, signal: AbortSignal): Promise<void> {
  while (wasJustPlaced(callId) && !signal.aborted) {
    const { calls } = await listCalls(NO_FILTERS, null, signal);
    if (calls.some(({ id }) => id === callId)) return forgetPlaced(callId);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

export const numbersQuery = queryOptions({
  queryKey: ["numbers"],
  queryFn: ({ signal }) => request({ path: "/numbers", signal, returns: (contract) => contract.NumberList }),
  staleTime: 60_000,
});

export const apiKeysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) => request({ path: "/api-keys", signal, returns: (contract) => contract.ApiKeyList }),
});

/** One real request to each thing that a call needs: asked only when somebody looks, and again only by hand. */
export const checksQuery = queryOptions({
  queryKey: ["checks"],
  queryFn: ({ signal }) => request({ path: "/checks", signal, returns: (contract) => contract.CheckList }),
  staleTime: Number.POSITIVE_INFINITY,
});
