import { LIVE_CLOSE, LIVE_MOST_UNACKED } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { aCaption, newRoom, textsOf, typesOf } from "./new-room.ts";
import { aWatcher, untilTrue } from "./watching.ts";

describe("a watched call", () => {
  test("is shown whole, and then as it goes on, numbered without holes", async () => {
    const { connect, say } = newRoom();
    await say(aCaption(0));
    const client = await connect();
    await say(aCaption(1), aCaption(2));
    await untilTrue(() => client.frames.length === 4);
    expect(typesOf(client)).toEqual(["hello", "snapshot", "caption", "caption"]);
    expect(client.frames[1]).toMatchObject({ captions: [{ id: "caption-0" }] });
    expect(client.frames.map(({ seq }) => seq)).toEqual([1, 1, 2, 3]);
  });

  test("gives who comes back what they missed, and all others everything anew", async () => {
    const { connect, say } = newRoom();
    const first = await connect();
    await say(aCaption(0), aCaption(1));
    await untilTrue(() => first.frames.length === 4);
    const [hello] = first.frames;
    const epoch = hello?.type === "hello" ? hello.epoch : "";
    await say(aCaption(2));
    const back = await connect(aWatcher(), `${epoch}.1`);
    await untilTrue(() => back.frames.length === 3);
    expect(typesOf(back)).toEqual(["hello", "caption", "caption"]);
    expect(textsOf(back)).toEqual(["Sentence 1.", "Sentence 2."]);
    for (const after of ["another-epoch.1", `${epoch}.9`, "nonsense", ""]) {
      const lost = await connect(aWatcher(), after);
      await untilTrue(() => lost.frames.length === 3);
      expect(typesOf(lost)).toEqual(["hello", "reset", "snapshot"]);
    }
  });

  test("goes on in the same numbers after it has slept", async () => {
    const { connect, say, inside } = newRoom();
    const client = await connect();
    await say(aCaption(0));
    await untilTrue(() => client.frames.length === 3);
    // Where everybody is, is written down once things are quiet; a room does not sleep before.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await inside((room) => void room.wake());
    await say(aCaption(1));
    await untilTrue(() => client.frames.length === 4);
    expect(client.frames.map(({ seq }) => seq)).toEqual([0, 0, 1, 2]);
    expect(typesOf(client)).toEqual(["hello", "snapshot", "caption", "caption"]);
  });

  test("shows everything anew to those of whom it is not known what they have", async () => {
    const { connect, say, inside } = newRoom();
    const client = await connect();
    await say(aCaption(0));
    await inside((room) => void room.wake());
    await untilTrue(() => client.frames.length === 6);
    expect(typesOf(client).slice(3)).toEqual(["hello", "reset", "snapshot"]);
  });

  test("looks like none to another workspace", async () => {
    const { connect, inside } = newRoom();
    await inside((room) => {
      room.isOthers = true;
    });
    const client = await connect();
    expect(await client.closed).toBe(LIVE_CLOSE.notFound);
    expect(client.frames).toEqual([]);
  });
});

describe("many who watch", () => {
  test("hear the same, 200 at once, and one who does not acknowledge is dropped without slowing them", async () => {
    const { connect, say } = newRoom();
    const clients = await Promise.all(Array.from({ length: 200 }, () => connect()));
    const deaf = await connect();
    const half = LIVE_MOST_UNACKED / 2 + 1;
    await say(...Array.from({ length: half }, (_, n) => aCaption(n)));
    await untilTrue(() => clients.every((client) => textsOf(client).length === half), 20_000);
    for (const client of clients) {
      client.say({ action: "ack", seq: half });
      client.say({ action: "clock", sentMs: 0 });
    }
    // Its answer says that the acknowledgement has arrived.
    await untilTrue(() => clients.every((client) => typesOf(client).includes("clock")), 20_000);
    await say(...Array.from({ length: half }, (_, n) => aCaption(half + n)));
    expect(await deaf.closed).toBe(LIVE_CLOSE.tooSlow);
    await untilTrue(() => clients.every((client) => textsOf(client).length === 2 * half), 20_000);
    const told = clients.map(textsOf);
    for (const texts of told) expect(texts).toEqual(told[0]);
  }, 60_000);

  test("are 250 at most", async () => {
    const { connect } = newRoom();
    await Promise.all(Array.from({ length: 250 }, () => connect()));
    expect(await (await connect()).closed).toBe(LIVE_CLOSE.tooMany);
  }, 30_000);

  test("get of what is still being said the newest, and each last word", async () => {
    const { connect, say } = newRoom();
    const clients = await Promise.all(Array.from({ length: 100 }, () => connect()));
    const interims = Array.from({ length: 20 }, (_, n) => aCaption(0, { text: `Word ${n}`, isFinal: false }));
    await say(...interims, aCaption(0), aCaption(2, { text: "Next", isFinal: false }));
    await untilTrue(() => clients.every((client) => textsOf(client).includes("Next")));
    for (const client of clients) {
      expect(textsOf(client)).toEqual(["Word 0", "Sentence 0.", "Next"]);
    }
  });
});
