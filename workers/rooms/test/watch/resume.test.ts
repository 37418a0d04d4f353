import { type CallFrame, LIVE_ACK_EVERY } from "@earwitness/shared";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aCaption, newRoom } from "./new-room.ts";
import { aWatcher, type Heard, untilTrue } from "./watching.ts";

/** What happens to a room and to one who watches it. */
type Step = { say: number } | { cut: true } | { back: true } | { reset: true };

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ say: fc.integer({ min: 1, max: 120 }) }) },
    { weight: 3, arbitrary: fc.constant<Step>({ cut: true }) },
    { weight: 3, arbitrary: fc.constant<Step>({ back: true }) },
    { weight: 1, arbitrary: fc.constant<Step>({ reset: true }) },
  ),
  { minLength: 2, maxLength: 12 },
);

/** A client that puts together what it hears, and finds fault with every hole and every repetition. */
class Client {
  readonly texts = new Map<string, string>();
  epoch: string | null = null;
  seq = 0;
  resets = 0;
  #line: Heard<CallFrame> | null = null;
  #taken = 0;

  readonly #connect: (after: string | null) => Promise<Heard<CallFrame>>;

  constructor(connect: (after: string | null) => Promise<Heard<CallFrame>>) {
    this.#connect = connect;
  }

  get isUp(): boolean {
    return this.#line !== null;
  }

  async comeBack(): Promise<void> {
    if (this.#line !== null) return;
    this.#taken = 0;
    this.#line = await this.#connect(this.epoch === null ? null : `${this.epoch}.${this.seq}`);
  }

  cut(): void {
    if (!this.isCutOff) this.#line?.socket.close(1000);
    this.#line = null;
  }

  /** Whether the room has cut it off: who is told more than they acknowledge is. */
  get isCutOff(): boolean {
    return this.#line !== null && this.#line.socket.readyState !== WebSocket.OPEN;
  }

  /** Takes what has come. */
  take(): void {
    const line = this.#line;
    if (line === null) return;
    for (; this.#taken < line.frames.length; this.#taken += 1) {
      const frame = line.frames[this.#taken];
      if (frame !== undefined) this.#hear(frame, line);
    }
  }

  #hear(frame: CallFrame, line: Heard<CallFrame>): void {
    if (frame.type === "hello") this.epoch = frame.epoch;
    if (frame.type === "reset") this.resets += 1;
    if (frame.type === "snapshot") {
      this.texts.clear();
      for (const { id, text } of frame.captions) this.texts.set(id, text);
      this.seq = frame.seq;
    }
    if (frame.type === "caption") {
      expect(frame.seq, "each number comes once, and none is left out").toBe(this.seq + 1);
      this.seq = frame.seq;
      this.texts.set(frame.caption.id, frame.caption.text);
      if (frame.seq % LIVE_ACK_EVERY === 0 && !this.isCutOff) line.say({ action: "ack", seq: frame.seq });
    }
  }
}

test("a client that is cut off at random sees exactly what was said, in order, or is told to begin anew", async () => {
  let resumed = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const { connect, inside, say } = newRoom();
      const client = new Client((after) => connect(aWatcher(), after ?? undefined));
      const said = new Map<string, string>();
      const hasAll = () => {
        client.take();
        return client.epoch !== null && client.texts.size === said.size;
      };
      const catchUp = async () => {
        await client.comeBack();
        await untilTrue(() => hasAll() || client.isCutOff);
        if (hasAll()) return;
        client.cut();
        await catchUp();
      };
      await catchUp();
      for (const step of [...script, { back: true } as const]) {
        if ("say" in step) {
          const captions = Array.from({ length: step.say }, (_, n) => aCaption(said.size + n));
          for (const { id, text } of captions) said.set(id, text);
          await say(...captions);
        } else if ("cut" in step) {
          client.take();
          client.cut();
        } else if ("back" in step) {
          const before = client.resets;
          const missed = said.size - client.texts.size;
          await catchUp();
          if (missed > 0 && client.resets === before) resumed += 1;
        } else {
          await inside((room) => void room.wake());
        }
      }
      expect([...client.texts].sort()).toEqual([...said].sort());
      client.cut();
    }),
    { numRuns: 40, endOnFailure: true },
  );
  // It would be no proof if everybody were told to begin anew.
  expect(resumed).toBeGreaterThan(5);
}, 120_000);
