/**
 * The pages whose address holds an id. A static export has one placeholder page for each (`_` in place of the id); this list
 * is what the development server's rewrites, production's `_redirects` and the header rules are all made from.
 */
export const DYNAMIC_ROUTES = [{ folder: "/calls", parameter: "callId" }] as const;

/** The name that stands for "any id" in the exported files. */
export const PLACEHOLDER = "_";

/** Addresses that answer with another page's address. */
export const MOVED = [{ from: "/", to: "/calls", status: 302 }] as const;

/** Paths that the API worker answers, on the page's own origin; sockets among them, at `/api/live`. */
export const API_PATHS = ["api", "auth"] as const;
