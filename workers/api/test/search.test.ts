import type { CallRecord } from "@earwitness/core";
import { SearchAnswer } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { problemIn } from "./setup/browser.ts";
import { newColleague } from "./setup/colleague.ts";
import { addCall, addRecording, addWords } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
const calls: CallRecord[] = [];
beforeAll(async () => {
  tenant = await newTenant();
  for (let day = 1; day <= 5; day++) {
    const startedAt = new Date(Date.UTC(2026, 9, day, 12));
    const call = await addCall(tenant, {
      startedAt,
      transcriptState: "ready",
      direction: day < 5 ? "inbound" : "outbound",
    });
    await addWords(await addRecording(call, { state: "stored" }), ["Where is my rebate?", `Day ${day}, <b>order</b>.`]);
    calls.unshift(call);
  }
});

const ask = (query: Record<string, string>, as: Tenant = tenant) =>
  as.call(`/v1/search?${new URLSearchParams(query)}`, { scope: "read" });
async function search(query: Record<string, string>): Promise<SearchAnswer> {
  const response = await ask(query);
  expect(response.status).toBe(200);
  return SearchAnswer.parse(await response.json());
}

describe("a search", () => {
  test("answers with each call's lines, the found words marked and timed, and says where it looked", async () => {
    const { found, searched, page } = await search({ q: "rebates" });
    expect(found.map(({ call }) => call.id)).toEqual(calls.map(({ id }) => id));
    expect(found[0]?.hits[0]).toMatchObject({
      party: "caller",
      snippet: { text: "Where is my rebate?", highlights: [{ start: 12, end: 19 }] },
      words: [{ text: "rebate?", startMs: 1_200, endMs: 1_600 }],
    });
    expect(searched).toEqual({ calls: 5, isMore: false, languages: ["en"] });
    expect(page.nextCursor).toBeNull();
  });

  test("gives text as it was said, whatever it looks like", async () => {
    const { found } = await search({ q: "order", limit: "1" });
    expect(found[0]?.hits[0]?.snippet.text).toBe("Day 5, <b>order</b>.");
  });

  test("comes in pages that give each call once", async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const answer: SearchAnswer = await search({ q: "rebate", limit: "2", ...(cursor && { cursor }) });
      seen.push(...answer.found.map(({ call }) => call.id));
      cursor = answer.page.nextCursor;
    }
    expect(seen).toEqual(calls.map(({ id }) => id));
  });

  test("is narrowed by its filters", async () => {
    const ids = async (query: Record<string, string>) =>
      (await search({ q: "rebate", ...query })).found.map(({ call }) => call.id);
    const [last, ...others] = calls.map(({ id }) => id);
    expect(await ids({ direction: "outbound" })).toEqual([last]);
    expect(await ids({ until: "2026-10-05T00:00:00Z" })).toEqual(others);
    expect(await ids({ from: "2026-10-05T14:00:00+02:00" })).toEqual([last]);
    expect(await ids({ speaker: "agent" })).toEqual([]);
    expect(await ids({ number: tenant.e164, language: "en-GB" })).toHaveLength(5);
    expect(await ids({ language: "fr" })).toEqual([]);
  });

  test.each([
    { q: "" },
    { q: "-only" },
    { q: "x".repeat(201) },
    { q: Array(17).fill("word").join(" ") },
    { q: "rebate", cursor: "no-cursor" },
    { q: "rebate", limit: "51" },
    { q: "rebate", speaker: "nobody" },
    { q: "rebate", language: "not a language" },
    { q: "rebate", colour: "red" },
  ])("%j is refused with what is wrong", async (query) => {
    const response = await ask(query);
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors?.[0]?.pointer).toMatch(/^query/);
  });

  test.each(["'", "\\", "rebate & !", "a:*b", '"""', "\u0000rebate", "((((", "😀rebate", "rebate\u202E"])(
    "%j is read or refused, and breaks nothing",
    async (q) => {
      expect([200, 400]).toContain((await ask({ q })).status);
    },
  );
});

test("finds an agent their own calls alone, and a stranger none", async () => {
  const agent = await newColleague(tenant, "agent");
  const response = await agent.browser.fetch("/v1/search?q=rebate");
  expect(SearchAnswer.parse(await response.json())).toMatchObject({ found: [], searched: { calls: 0 } });
  const stranger = await newTenant();
  expect(SearchAnswer.parse(await (await ask({ q: "rebate" }, stranger)).json()).found).toEqual([]);
});
