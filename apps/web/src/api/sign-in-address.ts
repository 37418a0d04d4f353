/**
 * Where a page sends a person who is not signed in; they come back to where they were. Whoever was signed in until now is told
 * that they no longer are.
 */
export function signInAddress(from: { pathname: string; search: string }, wasSignedIn = false): string {
  const here = `${from.pathname}${from.search}`;
  const search = new URLSearchParams({
    ...(wasSignedIn && { [SIGNED_OUT]: "1" }),
    ...(here !== "/" && here !== "/calls" && { next: here }),
  }).toString();
  return search === "" ? "/login" : `/login?${search}`;
}

/** Stands in the sign-in page's address when the session ended under somebody's hands: elsewhere, or by time. */
export const SIGNED_OUT = "signed-out";

let isLeaving = false;

/** Leaves for the sign-in page by a full load, so that nothing of the session stays in memory. Every request is refused at once. */
export function leaveForSignIn(wasSignedIn: boolean): void {
  if (isLeaving) return;
  isLeaving = true;
  window.location.replace(signInAddress(window.location, wasSignedIn));
}

/** Signs out by `end`, by the person's own wish, and goes to the sign-in page: sockets that close meanwhile are no news. */
export async function leaveByWish(end: () => Promise<void>): Promise<void> {
  isLeaving = true;
  try {
    await end();
    window.location.replace("/login");
  } catch (error) {
    isLeaving = false;
    throw error;
  }
}

/** The path to return to after signing in: one of our own, or the list. Another site's address is never followed. */
export function returnPath(next: string | null, origin: string): string {
  const url = next !== null && next !== "" && URL.canParse(next, origin) ? new URL(next, origin) : null;
  return url?.origin === origin && url.pathname !== "/" ? `${url.pathname}${url.search}${url.hash}` : "/calls";
}
