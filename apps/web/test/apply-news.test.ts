import { type CallList, type CallSummary, newId } from "@earwitness/shared";
import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { NO_FILTERS } from "../src/api/call-filters.ts";
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

async function listWithPages(client: QueryClient, pages: number) {
  const observer = new InfiniteQueryObserver(client, callsQuery(NO_FILTERS));
  const stop = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(observer.getCurrentResult().data?.pages.length).toBe(1));
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
