import { parseSearch, type UserActor } from "@earwitness/core";
import { uuidOf, type WorkspaceId } from "@earwitness/shared";
import { aTranscript } from "@earwitness/testing/records";
import { beforeAll, describe, expect, test } from "vitest";
import { type Search, searchCalls } from "../../src/index.ts";
import { aMember, aWorkspace, system, userOf } from "../support/factories.ts";
import { aSpokenCall, transcribe, utteranceOf } from "../support/spoken-call.ts";
import { useDatabase } from "../support/use-database.ts";

const record = useDatabase();
let workspaceId: WorkspaceId;
let person: UserActor;
beforeAll(async () => {
  workspaceId = await aWorkspace(record.database);
  person = userOf(workspaceId);
});

const BEGINNING = { after: null, skip: 0 };
const search = (q: string, options: Partial<Search> = {}, actor: UserActor = person) =>
  record.database.read(actor, (scope) =>
    searchCalls(scope, { terms: parseSearch(q), filter: {}, from: BEGINNING, limit: 20, ...options }),
  );
/** What was found, as the texts of its lines. */
const linesOf = async (q: string, options: Partial<Search> = {}, actor: UserActor = person) =>
  (await search(q, options, actor)).found.flatMap(({ hits }) => hits.map(({ snippet }) => snippet.text));

describe("words", () => {
  test("are found in any form of their language, with case and accents beside the point", async () => {
    const lines = ["She cancelled the order.", "Un café, por favor.", "Nothing of the sort."];
    const { call } = await aSpokenCall(record.database, workspaceId, lines);
    for (const q of ["cancel", "cancelling", "CANCELLED", "cancel order"]) {
      expect(await linesOf(q), q).toEqual(["She cancelled the order."]);
    }
    for (const q of ["cafe", "café", "CAFÉ"]) expect(await linesOf(q), q).toEqual(["Un café, por favor."]);
    expect(await linesOf("cancel café")).toEqual([]);
    expect((await search("cancel")).found[0]).toMatchObject({ call: { id: call.id }, hitCount: 1 });
  });

  test("that say little are looked for only when there is nothing else", async () => {
    await aSpokenCall(record.database, workspaceId, ["Zanzibar is far.", "Over and above."]);
    expect(await linesOf("the zanzibar")).toEqual(["Zanzibar is far."]);
    const [found] = (await search("is zanzibar")).found;
    expect(found?.hits[0]?.words.map(({ text }) => text)).toEqual(["Zanzibar"]);
    expect(await linesOf("over and above")).toEqual(["Over and above."]);
  });

  test("in quotation marks are found as they were said, one after another", async () => {
    await aSpokenCall(record.database, workspaceId, [
      "To be or not to be.",
      "Or to not be: be to.",
      "A flame sensor, sensed.",
    ]);
    expect(await linesOf('"to be or not"')).toEqual(["To be or not to be."]);
    expect(await linesOf('"flame sensor"')).toEqual(["A flame sensor, sensed."]);
    expect(await linesOf('"flame sensors"')).toEqual([]);
  });

  test("are found by how they begin, and left out after a minus sign", async () => {
    await aSpokenCall(record.database, workspaceId, ["Quixotic plans.", "Quixotry abounds.", "A quick one."]);
    expect(await linesOf("quix*")).toEqual(["Quixotic plans.", "Quixotry abounds."]);
    expect(await linesOf("quix* -plan")).toEqual(["Quixotry abounds."]);
    expect(await linesOf('quix* -"quixotry abounds"')).toEqual(["Quixotic plans."]);
  });

  test("are read by the dictionary of the language that they were said in, and as they are where there is none", async () => {
    const call = (language: string | null, text: string) =>
      aSpokenCall(record.database, workspaceId, [text], { language });
    await call("de-AT", "Die Rechnungen sind angekommen.");
    await call("es", "Las facturas llegaron ayer.");
    await call(null, "rechnungen xyzzy");
    expect(await linesOf("rechnung")).toEqual(["Die Rechnungen sind angekommen."]);
    expect((await linesOf("rechnungen")).toSorted()).toEqual(["Die Rechnungen sind angekommen.", "rechnungen xyzzy"]);
    expect(await linesOf("factura")).toEqual(["Las facturas llegaron ayer."]);
    expect(await linesOf("rechnungen", { language: "und" })).toEqual(["rechnungen xyzzy"]);
    expect((await search("factura", { language: "pt" })).languages).toEqual([]);
    expect((await search("factura")).languages).toEqual(["de", "en", "es", "und"]);
  });

  test.each(["'", "\\", "a'b\\", "!!", "&|", "<->", ":*", "a:*b", "((", "%", "\u{1F600}", "x".repeat(200), "''''"])(
    "%j is no question that the database stumbles over",
    async (sign) => {
      expect(await linesOf(`unsaid ${sign}`)).toEqual([]);
      expect(await linesOf(`"unsaid ${sign}"`)).toEqual([]);
      expect(await linesOf(`unsaid${sign}* -${sign}no`)).toEqual([]);
    },
  );
});

describe("what is found", () => {
  test("has its place in the text, its times, who spoke, and what to play", async () => {
    const text = `${"well ".repeat(40)}please look into the rebates and the Rebate again`;
    const { recording } = await aSpokenCall(record.database, workspaceId, ["Hello.", { text, channel: 2 }], {
      recording: { callerChannel: 1 },
    });
    const [found] = (await search("rebate")).found;
    expect(found).toMatchObject({ recording: { id: recording.id }, hitCount: 1 });
    const hit = found?.hits[0];
    expect(hit).toMatchObject({ party: "agent", startMs: 60_000, snippet: { startsInside: true, endsInside: false } });
    expect(hit?.words).toEqual([
      { text: "rebates", startMs: 60_000 + 44 * 400, endMs: 60_000 + 45 * 400 - 50 },
      { text: "Rebate", startMs: 60_000 + 47 * 400, endMs: 60_000 + 48 * 400 - 50 },
    ]);
    const { text: shown = "", highlights = [] } = hit?.snippet ?? {};
    expect(highlights.map(({ start, end }) => shown.slice(start, end))).toEqual(["rebates", "Rebate"]);
  });

  test("of a phrase is marked only where its words follow each other", async () => {
    await aSpokenCall(record.database, workspaceId, ["The gate, the golden gate, was open."]);
    const [found] = (await search('"golden gate"')).found;
    expect(found?.hits[0]?.words.map(({ text }) => text)).toEqual(["golden", "gate,"]);
  });

  test("comes best first: the words themselves before other forms, the short before the long; of equals the newest", async () => {
    const at = (hour: number) => ({ call: { startedAt: new Date(Date.UTC(2026, 1, 1, hour)) } });
    const call = async (text: string, hour: number) =>
      (await aSpokenCall(record.database, workspaceId, [text], at(hour))).call.id;
    const long = await call(`walrus ${"and so on and so forth ".repeat(12)}`, 4);
    const form = await call("walruses", 3);
    const older = await call("a walrus", 1);
    const newer = await call("a walrus", 2);
    expect((await search("walrus")).found.map((each) => each.call.id)).toEqual([newer, older, long, form]);
  });

  test("of one call stands together, the best lines of it as they were said, the others counted", async () => {
    const lines = Array.from({ length: 7 }, (_, i) =>
      i % 2 === 0 ? `narwhal ${i}` : `narwhal ${i} ${"and ".repeat(30)}`,
    );
    await aSpokenCall(record.database, workspaceId, lines);
    const { found } = await search("narwhal");
    expect(found).toHaveLength(1);
    expect(found[0]?.hitCount).toBe(7);
    expect(found[0]?.hits.map(({ startMs }) => startMs / 60_000)).toEqual([0, 1, 2, 4, 6]);
  });

  test("cannot be played where the sound is gone, and is found all the same", async () => {
    await aSpokenCall(record.database, workspaceId, ["ocelot"], { recording: { state: "missing" } });
    expect((await search("ocelot")).found).toMatchObject([{ recording: null, hitCount: 1 }]);
  });
});

describe("a filter", () => {
  test("narrows by who spoke, number, time, direction and language", async () => {
    const startedAt = new Date("2026-03-10T12:00:00Z");
    const { call } = await aSpokenCall(
      record.database,
      workspaceId,
      [
        { text: "A platypus?", channel: 1 },
        { text: "No platypus.", channel: 2 },
        { text: "Somebody's platypus.", channel: null },
      ],
      { call: { startedAt, direction: "outbound", fromAddress: "+15550107777", toAddress: "+15550108888" } },
    );
    const all = ["A platypus?", "No platypus.", "Somebody's platypus."];
    const filtered = (filter: Search["filter"]) => linesOf("platypus", { filter });
    expect(await filtered({ speaker: "caller" })).toEqual(["A platypus?"]);
    expect(await filtered({ speaker: "agent" })).toEqual(["No platypus."]);
    for (const number of [call.fromAddress, call.toAddress]) expect(await filtered({ number })).toEqual(all);
    expect(await filtered({ number: "+15550109999" })).toEqual([]);
    expect(await filtered({ direction: "outbound" })).toEqual(all);
    expect(await filtered({ direction: "inbound" })).toEqual([]);
    expect(await filtered({ from: startedAt })).toEqual(all);
    expect(await filtered({ until: startedAt })).toEqual([]);
    expect(await filtered({ from: new Date(startedAt.getTime() + 1) })).toEqual([]);
    expect(await linesOf("platypus", { language: "en" })).toEqual(all);
    expect(await linesOf("platypus", { language: "de" })).toEqual([]);
  });
});

describe("pages", () => {
  test("lead through everything once, the newer stretch before the older, across its bounds", async () => {
    const at = (minute: number) => ({ call: { startedAt: new Date(Date.UTC(2026, 4, 1, 0, minute)) } });
    const calls: string[] = [];
    // 90 calls of 5 lines: more than two stretches of 200, which part within a call.
    for (let i = 0; i < 90; i++) {
      const { call } = await aSpokenCall(record.database, workspaceId, Array(5).fill("An axolotl."), at(i));
      calls.push(call.id);
    }
    const seen: string[] = [];
    let lines = 0;
    for (let from: Search["from"] | null = BEGINNING; from !== null; ) {
      const page: Awaited<ReturnType<typeof search>> = await search("axolotl", { from, limit: 30 });
      seen.push(...page.found.map(({ call }) => call.id));
      lines += page.found.reduce((sum, { hitCount }) => sum + hitCount, 0);
      from = page.next;
    }
    expect(seen).toEqual(calls.toReversed());
    expect(lines).toBe(450);
  }, 60_000);
});

describe("who searches", () => {
  test("finds nothing of another workspace", async () => {
    const others = await aWorkspace(record.database);
    await aSpokenCall(record.database, others, ["Our okapi."]);
    expect(await linesOf("okapi")).toEqual([]);
    expect(await linesOf("okapi", {}, userOf(others))).toEqual(["Our okapi."]);
  });

  test("as an agent finds their own calls, however many newer ones are others'", async () => {
    const agent = await aMember(record.database, workspaceId, "agent");
    const old = { startedAt: new Date("2026-01-01T00:00:00Z") };
    await aSpokenCall(record.database, workspaceId, ["My tapir."], { call: { ...old, placedBy: agent.userId } });
    await aSpokenCall(record.database, workspaceId, Array(250).fill("Their tapir."));
    expect(await linesOf("tapir", {}, agent)).toEqual(["My tapir."]);
    expect((await search("tapir", {}, agent)).counted.calls).toBe(1);
  });

  test("does not find what lies in the trash", async () => {
    const { call } = await aSpokenCall(record.database, workspaceId, ["A capybara."]);
    expect(await linesOf("capybara")).toHaveLength(1);
    await record.rows("update calls set deleted_at = now() where id = $1", [uuidOf(call.id)]);
    expect(await linesOf("capybara")).toEqual([]);
  });
});

describe("the words that are searched", () => {
  test("are those of the newest transcript that is ready, and no earlier one's", async () => {
    const { recording } = await aSpokenCall(record.database, workspaceId, ["A lemur, misheard."]);
    await transcribe(record.database, recording, ["A lemming."], { version: 2 });
    expect(await linesOf("lemur")).toEqual([]);
    expect(await linesOf("lemming")).toEqual(["A lemming."]);
  });

  test("are searched with the commit that makes them ready, in whatever order they were written", async () => {
    const { recording } = await aSpokenCall(record.database, workspaceId, ["First."]);
    const next = aTranscript(recording, { version: 2, createdAt: new Date(), state: "ready", language: "en" });
    await record.database.unitOfWork(system)(async (tx) => {
      await tx.transcripts.add(next);
      await tx.transcripts.replaceUtterances(next, [utteranceOf("A pangolin.", 0)]);
    });
    expect(await linesOf("pangolin")).toEqual(["A pangolin."]);
  });

  test("go when the words do", async () => {
    const { recording } = await aSpokenCall(record.database, workspaceId, ["A secret aardvark."]);
    expect(await linesOf("aardvark")).toHaveLength(1);
    await record.rows("delete from utterances using transcripts t where t.id = transcript_id and t.call_id = $1", [
      uuidOf(recording.callId),
    ]);
    expect(await linesOf("aardvark")).toEqual([]);
    expect(await record.rows("select 1 from spoken_lines where call_id = $1", [uuidOf(recording.callId)])).toEqual([]);
  });

  test("of a transcript that is asked for anew are searched no more until it is ready again", async () => {
    const { recording } = await aSpokenCall(record.database, workspaceId, ["A wombat."]);
    const setState = (state: string) =>
      record.rows("update transcripts set state = $2 where call_id = $1", [uuidOf(recording.callId), state]);
    await setState("transcribing");
    expect(await linesOf("wombat")).toEqual([]);
    await setState("ready");
    expect(await linesOf("wombat")).toEqual(["A wombat."]);
  });
});

test("the calls that were searched are counted by the same filters", async () => {
  const here = await aWorkspace(record.database);
  await aSpokenCall(record.database, here, ["One."], { call: { direction: "inbound" } });
  await aSpokenCall(record.database, here, ["Two."], { call: { direction: "outbound" } });
  await aSpokenCall(record.database, here, ["Three."], { call: { transcriptState: null } });
  const count = async (filter: Search["filter"]) => (await search("word", { filter }, userOf(here))).counted;
  expect(await count({})).toEqual({ calls: 2, isMore: false });
  expect(await count({ direction: "outbound" })).toEqual({ calls: 1, isMore: false });
});
