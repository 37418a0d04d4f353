import type { TranscriptView } from "@earwitness/shared";
import { queryOptions } from "@tanstack/react-query";
import { isNotFound } from "./api-error.ts";
import { request } from "./request.ts";

/** What screens show of one call beyond its row; kept apart from the queries that a first load needs. */

/** A call's words: the exact transcript where it is ready, else the captions; with `live`, the captions. Null while there are none. */
export function transcriptQuery(callId: string, kind?: "live") {
  return queryOptions({
    queryKey: ["transcript", callId, kind ?? "newest"],
    queryFn: async ({ signal }): Promise<TranscriptView | null> => {
      try {
        return await request({
          path: `/calls/${encodeURIComponent(callId)}/transcript${kind === undefined ? "" : `?kind=${kind}`}`,
          signal,
          returns: (contract) => contract.TranscriptView,
        });
      } catch (error) {
        if (isNotFound(error)) return null;
        throw error;
      }
    },
  });
}

export function peaksQuery(recordingId: string) {
  return queryOptions({
    queryKey: ["peaks", recordingId],
    queryFn: ({ signal }) =>
      request({
        path: `/recordings/${recordingId}/peaks`,
        signal,
        returns: (contract) => contract.PeaksView,
      }),
    // A stored recording never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where each answered moment of a call is kept. */
export function coverageQuery(callId: string) {
  return queryOptions({
    queryKey: ["coverage", callId],
    queryFn: ({ signal }) =>
      request({
        path: `/calls/${encodeURIComponent(callId)}/coverage`,
        signal,
        returns: (contract) => contract.CoverageView,
      }),
  });
}

export function notesQuery(callId: string) {
  return queryOptions({
    queryKey: ["notes", callId],
    queryFn: ({ signal }) =>
      request({
        path: `/calls/${encodeURIComponent(callId)}/notes`,
        signal,
        returns: (contract) => contract.NoteList,
      }),
  });
}

/** Who is in the workspace: their names stand beside what they did, and calls can be transferred to them. */
export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: ({ signal }) => request({ path: "/members", signal, returns: (contract) => contract.MemberList }),
  staleTime: 5 * 60_000,
});
