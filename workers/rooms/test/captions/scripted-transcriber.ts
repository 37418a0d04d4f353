import type { LiveClosure, LiveSession, LiveTranscriber, LiveTranscriberEvent, LiveWord } from "@earwitness/core";
import type { CaptionClock } from "../../src/call-room/captions/clock.ts";

export const PACK_MS = 100;
const QUIET_PACKS_END_A_TURN = 4;

/** Time that a test moves. */
export class HeldClock implements CaptionClock {
  #nowMs = 1_800_000_000_000;
  #timers: { atMs: number; what: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, what: () => void): () => void {
    const timer = { atMs: this.#nowMs + ms, what };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  forward(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.what();
    }
    this.#nowMs = untilMs;
  }
}

/**
 * The sound of a pack: its first byte says which word it is of (0: silence), its second which part of that. A word is heard when
 * all of its packs came next to each other, in order.
 */
export const WORD_PACKS = 3;

/** A session that hears words in that sound, and ends as it is told. */
export class ScriptedSession implements LiveSession {
  readonly #tell: (event: LiveTranscriberEvent) => void;
  readonly receivedMs: number[] = [];
  readonly #clock: CaptionClock;
  #atMs = 0;
  #parts: { word: number; next: number; startMs: number } | null = null;
  #turn: LiveWord[] = [];
  #order = 0;
  #quietPacks = 0;
  isOpen = true;
  isMute = false;
  /** What becomes of it when it is asked for its end. */
  atFinish: "tells" | "tells_late" | "breaks" = "tells";

  constructor(clock: CaptionClock, tell: (event: LiveTranscriberEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  begin(lastsMs = 10_800_000): void {
    if (!this.isOpen) return;
    this.#tell({ type: "begun", sessionId: "s", expiresAtMs: this.#clock.nowMs() + lastsMs });
  }

  send(audio: Uint8Array): void {
    if (!this.isOpen) return;
    this.receivedMs.push(this.#clock.nowMs());
    const [word = 0, part = 0] = audio;
    const startMs = this.#atMs;
    this.#atMs += PACK_MS;
    if (word === 0) {
      this.#parts = null;
      this.#quietPacks += 1;
      if (this.#quietPacks >= QUIET_PACKS_END_A_TURN) this.#endTurn();
      return;
    }
    this.#quietPacks = 0;
    if (part === 0) this.#parts = { word, next: 1, startMs };
    else if (this.#parts?.word === word && this.#parts.next === part) this.#parts.next += 1;
    else this.#parts = null;
    if (this.#parts?.next !== WORD_PACKS) return;
    this.#turn.push({
      text: `w${word}`,
      startMs: this.#parts.startMs,
      endMs: this.#atMs,
      confidence: 1,
      isFinal: false,
    });
    this.#parts = null;
    this.#tellTurn(false);
  }

  finish(): void {
    if (!this.isOpen) return;
    // One that has fallen silent says nothing of its end either.
    if (this.atFinish === "breaks" || this.isMute) {
      this.close({ kind: "lost", code: 1006, message: "", again: "at_once" });
      return;
    }
    if (this.atFinish === "tells") this.#end();
    else this.#clock.after(2_000, () => this.#end());
  }

  abort(): void {
    this.close({ kind: "lost", code: 1000, message: "aborted", again: "at_once" });
  }

  close(closure: LiveClosure): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#tell({ type: "closed", closure });
  }

  #end(): void {
    if (!this.isOpen) return;
    this.#endTurn();
    this.close({ kind: "finished", code: 1000, message: "", again: "at_once" });
  }

  #endTurn(): void {
    if (this.#turn.length === 0) return;
    this.#tellTurn(true);
    this.#turn = [];
    this.#order += 1;
  }

  #tellTurn(isFinal: boolean): void {
    if (this.isMute) return;
    const words = this.#turn.map((word) => ({ ...word, isFinal }));
    const text = words.map(({ text }) => text).join(" ");
    this.#tell({ type: "turn", turn: { order: this.#order, text, words, language: "en", isFinal } });
  }
}

/** A transcriber whose sessions a test holds in its hands. */
export function scriptedTranscriber(clock: CaptionClock) {
  const sessions: ScriptedSession[] = [];
  const transcriber: LiveTranscriber = {
    name: "assemblyai",
    capabilities: {
      minPackMs: 50,
      maxPackMs: 1000,
      maxSessionMs: 10_800_000,
      maxKeyTerms: 100,
      languages: new Set(["en"]),
    },
    open(_wish, onEvent) {
      const session = new ScriptedSession(clock, onEvent);
      sessions.push(session);
      return session;
    },
  };
  return { transcriber, sessions };
}
