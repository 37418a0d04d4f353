import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, isForbidden, isSignedOut } from "./api-error.ts";
import { meQuery } from "./queries.ts";
import { leaveForSignIn } from "./sign-in-address.ts";

const MOST_RETRIES = 2;

/** One client for the whole tab. Live news, not the clock, says when something is old. */
export function createQueryClient(): QueryClient {
  const hear = (error: Error) => {
    if (isSignedOut(error)) leaveForSignIn(client.getQueryData(meQuery.queryKey) !== undefined);
    // The screen offered what is not allowed: what one may has changed since it was read.
    if (isForbidden(error)) void client.invalidateQueries(meQuery);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== meQuery.queryKey[0] || isSignedOut(error)) hear(error);
      },
    }),
    mutationCache: new MutationCache({ onError: hear }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: isWorthRetrying,
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  });
  return client;
}

/** A refusal would be refused again; silence and faults of the server may have been passing ones. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const isRefusal = error instanceof ApiError && (error.kind === "unreadable" || (error.status ?? 500) < 500);
  return failures < MOST_RETRIES && !isRefusal;
}
