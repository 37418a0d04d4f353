import type { CallList, CallView, LiveFrame } from "@earwitness/shared";
import { type InfiniteData, notifyManager, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { isNotFound } from "../api/api-error.ts";
import { readFilters } from "../api/call-filters.ts";
import { callQuery, listCalls } from "../api/queries.ts";
import { mergeNewest, removeCall, replaceCall } from "./merge-newest.ts";

type Changed = Extract<LiveFrame, { type: "changed" }>;
type Pages = InfiniteData<CallList, string | null>;

/** More changed calls than this at once are not asked for one by one: the list is read anew. */
const MOST_SINGLE_READS = 8;

/** What changes with a workspace's settings and people, and with what one may there. */
const WORKSPACE_KEYS = [
  "me",
  "members",
  "invitations",
  "workspace",
  "sessions",
  "api-keys",
  "holds",
  "retention",
] as const;
/** What changes with slow work. */
const WORK_KEYS = ["ops", "jobs"] as const;
/** Everything that live news can make stale. */
const LIVE_KEYS = [
  "calls",
  "call",
  "transcript",
  "coverage",
  "notes",
  "peaks",
  "numbers",
  ...WORKSPACE_KEYS,
  ...WORK_KEYS,
  "exports",
  "imports",
] as const;
/** What is known of one call beyond its row: kept under `[key, callId]`. */
const CALL_KEYS = ["call", "transcript", "coverage", "notes"] as const;

/** Reads again all that is on screen and could have changed meanwhile. */
export async function refreshAll(client: QueryClient): Promise<void> {
  await Promise.all(LIVE_KEYS.map((key) => client.invalidateQueries({ queryKey: [key] })));
}

/**
 * Applies a burst of news: what is on screen is read again, what is not is only marked as old. Lists of calls are patched:
 * the first page is read and laid over the others (`mergeNewest`), and changed calls further down are read one by one.
 */
export async function applyNews(client: QueryClient, news: readonly Changed[]): Promise<void> {
  const calls = [...new Set(news.flatMap(({ callId }) => (callId === null ? [] : [callId])))];
  const stale = calls.flatMap((id) => CALL_KEYS.map((key) => client.invalidateQueries({ queryKey: [key, id] })));
  const isAboutPlace = news.some(({ entity }) => entity === "workspace" || entity === "me");
  if (isAboutPlace) stale.push(...WORKSPACE_KEYS.map((key) => client.invalidateQueries({ queryKey: [key] })));
  if (news.some(({ entity }) => entity === "job")) {
    stale.push(...WORK_KEYS.map((key) => client.invalidateQueries({ queryKey: [key] })));
  }
  for (const entity of ["export", "import"] as const) {
    if (news.some((each) => each.entity === entity)) {
      stale.push(client.invalidateQueries({ queryKey: [`${entity}s`] }));
    }
  }
  if (news.some(({ entity }) => entity === "number")) stale.push(client.invalidateQueries({ queryKey: ["numbers"] }));
  await Promise.all([...stale, ...(calls.length > 0 ? [refreshLists(client, calls)] : [])]);
}

/**
 * Reads the first page of each list on screen and lays them all in at once: a call that was just answered leaves the ringing
 * ones and stands among the live ones in the same moment, and is never gone in between.
 */
async function refreshLists(client: QueryClient, changed: readonly string[]): Promise<void> {
  const lists = client.getQueryCache().findAll({ queryKey: ["calls"] });
  const shown = lists.filter((query) => query.isActive() && query.state.data !== undefined);
  for (const query of lists.filter((each) => !shown.includes(each))) {
    await client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  }
  const fresh = await Promise.all(
    shown.map(async ({ queryKey }) => {
      const filters = readFilters(new URLSearchParams(String(queryKey[1])));
      return { queryKey, newest: await listCalls(filters, null) };
    }),
  );
  notifyManager.batch(() => {
    for (const { queryKey, newest } of fresh) changePages(client, queryKey, (pages) => mergeNewest(pages, newest));
  });
  await Promise.all(fresh.map(({ queryKey, newest }) => refreshFurther(client, queryKey, newest, changed)));
}

/** Reads changed calls that stand further down than the first page one by one, or the list anew where they are very many. */
async function refreshFurther(client: QueryClient, queryKey: QueryKey, newest: CallList, changed: readonly string[]) {
  const covered = new Set<string>(newest.calls.map(({ id }) => id));
  const held = client.getQueryData<Pages>(queryKey)?.pages ?? [];
  const further = held.flatMap(({ calls }) => calls.filter(({ id }) => changed.includes(id) && !covered.has(id)));
  if (further.length > MOST_SINGLE_READS) return client.invalidateQueries({ queryKey, exact: true });
  for (const { id } of further) {
    const call = await readCall(client, id);
    changePages(client, queryKey, (pages) => (call === null ? removeCall(pages, id) : replaceCall(pages, call)));
  }
}

/** null for a call that is not there any more: it was deleted, or is not one's own to see now. */
async function readCall(client: QueryClient, id: string): Promise<CallView | null> {
  try {
    return await client.fetchQuery(callQuery(id));
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function changePages(client: QueryClient, queryKey: QueryKey, change: (pages: readonly CallList[]) => CallList[]) {
  client.setQueryData<Pages>(queryKey, (data) => {
    if (!data) return data;
    const pages = change(data.pages);
    return { pages, pageParams: data.pageParams.slice(0, pages.length) };
  });
}
