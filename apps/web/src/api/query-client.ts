import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, isSignedOut } from "./api-error.ts";
import { leaveForSignIn } from "./sign-in-address.ts";

const MOST_RETRIES = 2;

/** One client for the whole tab. Live news, not the clock, says when something is old. */
export function createQueryClient(): QueryClient {
  const onError = (error: Error) => {
    if (isSignedOut(error)) leaveForSignIn();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: isWorthRetrying,
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  });
}

/** A refusal would be refused again; silence and faults of the server may have been passing ones. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const isRefusal = error instanceof ApiError && (error.kind === "unreadable" || (error.status ?? 500) < 500);
  return failures < MOST_RETRIES && !isRefusal;
}
