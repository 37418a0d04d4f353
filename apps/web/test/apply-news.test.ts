import { type CallList, type CallSummary, newId } from "@earwitness/shared";
import { InfiniteQueryObserver, notifyManager, QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { NO_FILTERS } from "../src/api/call-filters.ts";
import { LIVE_CALLS, RINGING_CALLS } from "../src/api/open-calls.ts";
import { callsQuery } from "../src/api/queries.ts";
import { sampleCall } from "../src/features/pieces/samples.ts";
import { applyNews } from "../src/live/apply-news.ts";

afterEach(() => vi.unstubAllGlobals());

const PAGE = 3;
const BEGAN = Date.parse("2026-11-19T15:00:00Z");

/** An API that keeps calls, newest first, and counts what it is asked. */
function apiWith(count: number) {
  const calls = Array.from({ length: count }, (_, i) =>
    sampleCall({ id: newId("call"), startedAt: new Date(BEGAN - i * 60_000).toISOString() }),
  );
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const url = new URL(path, "http://own.example");
    const one = /^\/api\/v1\/calls\/(\w+)$/.exec(url.pathname)?.[1];
    if (one) return Response.json(calls.find(({ id }) => id === one));
    const from = Number(url.searchParams.get("cursor") ?? 0);
    const end = from + PAGE;
    return Response.json({
      calls: calls.slice(from, end),
      page: { nextCursor: end < calls.length ? String(end) : null },
    } satisfies CallList);
  });
  return { calls, asked };
}

async function listWithPages(client: QueryClient, pages: number, filters = NO_FILTERS) {
  const observer = new InfiniteQueryObserver(client, callsQuery(filters));
  const stop = observer.subscribe(() => undefined);
  await expect.poll(() => observer.getCurrentResult().data?.pages.length).toBe(1);
  for (let i = 1; i < pages; i++) await observer.fetchNextPage();
  const shown = (): CallSummary[] => observer.getCurrentResult().data?.pages.flatMap((page) => page.calls) ?? [];
  return { shown, stop };
}

const changed = (call: CallSummary | undefined) =>
  ({ v: 1, seq: 1, type: "changed", entity: "call", callId: call?.id ?? null }) as const;

test("news of a new call costs one read of the first page, however far down somebody is", async () => {
  const { calls, asked } = apiWith(9);
  const client = new QueryClient();
  const { shown, stop } = await listWithPages(client, 3);
  asked.length = 0;
  const arrived = sampleCall({ id: newId("call"), startedAt: new Date(BEGAN + 60_000).toISOString() });
  calls.unshift(arrived);
  await applyNews(client, [changed(arrived)]);
  expect(asked).toEqual(["/api/v1/calls?"]);
  expect(shown()[0]?.id).toBe(arrived.id);
  expect(shown()).toHaveLength(10);
  stop();
});

test("a changed call further down is read by itself and replaced where it stands", async () => {
  const { calls, asked } = apiWith(9);
  const client = new QueryClient();
  const { shown, stop } = await listWithPages(client, 3);
  const far = calls[7];
  if (!far) throw new Error("no such call");
  calls[7] = { ...far, lastLine: "Now with words" };
  asked.length = 0;
  await applyNews(client, [changed(far)]);
  expect(asked).toEqual(["/api/v1/calls?", `/api/v1/calls/${far.id}`]);
  expect(shown()[7]?.lastLine).toBe("Now with words");
  stop();
});

test("very many changes at once read the list anew instead of one call after the other", async () => {
  const { calls, asked } = apiWith(15);
  const client = new QueryClient();
  const { stop } = await listWithPages(client, 5);
  asked.length = 0;
  await applyNews(client, calls.map(changed));
  expect(asked.filter((path) => path.includes("/calls/call_"))).toEqual([]);
  expect(asked).toHaveLength(1 + 5);
  stop();
});

test("an answered call goes from one list to the other in one moment", async () => {
  const call = sampleCall({ id: newId("call"), state: "ringing" });
  let isAnswered = false;
  vi.stubGlobal("fetch", async (path: string) => {
    const asksLive = path.includes("state=live");
    // The list of those who ring answers well before the other.
    if (asksLive && isAnswered) await new Promise((resolve) => setTimeout(resolve, 20));
    const fits = asksLive === isAnswered;
    return Response.json({
      calls: fits ? [{ ...call, state: isAnswered ? "live" : "ringing" }] : [],
      page: { nextCursor: null },
    } satisfies CallList);
  });
  const client = new QueryClient();
  const ringing = await listWithPages(client, 1, RINGING_CALLS);
  const live = await listWithPages(client, 1, LIVE_CALLS);
  const seen: number[] = [];
  // As React hears of it: after all that is changed together.
  const look = notifyManager.batchCalls(() => seen.push(ringing.shown().length + live.shown().length));
  const stop = client.getQueryCache().subscribe(look);
  isAnswered = true;
  await applyNews(client, [changed(call)]);
  await expect.poll(() => live.shown()).toHaveLength(1);
  expect(ringing.shown()).toHaveLength(0);
  await expect.poll(() => seen).not.toEqual([]);
  expect(new Set(seen)).toEqual(new Set([1]));
  stop();
  ringing.stop();
  live.stop();
});

test.each(["workspace", "me"] as const)(
  "news of %s makes old what one may and who is here, and no call",
  async (entity) => {
    const client = new QueryClient();
    const keys = [["me"], ["members"], ["invitations"], ["workspace"], ["calls", ""]];
    for (const queryKey of keys) client.setQueryData(queryKey, {});
    await applyNews(client, [{ v: 1, seq: 1, type: "changed", entity, callId: null }]);
    const isOld = (queryKey: string[]) => client.getQueryState(queryKey)?.isInvalidated;
    expect(keys.map(isOld)).toEqual([true, true, true, true, false]);
  },
);
