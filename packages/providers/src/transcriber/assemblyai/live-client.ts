import type { LiveClosure, LiveSession, LiveTranscriber, LiveTranscriberEvent } from "@earwitness/core";
import { closureOfCode, closureOfStatus } from "./live-closure.ts";
import { liveTurnOf, readLiveFrame, type WireTurn } from "./live-wire.ts";

export interface AssemblyAiLiveOptions {
  /** `wss://streaming.assemblyai.com`, or the EU's. */
  readonly streamingUrl: string;
  readonly apiKey: string;
}

/**
 * The Universal-Streaming models tell each word as it is spoken; the Pro ones only in pauses, which is late for somebody who
 * reads along. The exact transcript is made by a better model afterwards.
 */
const MODELS = { english: "universal-streaming-english", others: "universal-streaming-multilingual" } as const;
/** Languages of the multilingual model (vendor's page on Universal-Streaming). */
const LANGUAGES: ReadonlySet<string> = new Set(["en", "es", "fr", "de", "it", "pt"]);
const MAX_KEY_TERMS = 100;
/** Sessions are billed while they are open: one that we forgot ends by itself. */
const INACTIVITY_TIMEOUT_SECONDS = 60;
/** The vendor begins within a second; a handshake that hangs is as good as none. */
const BEGIN_TIME_LIMIT_MS = 10_000;
const FINISH_TIME_LIMIT_MS = 5_000;
/** The formatted turn follows the unformatted one within moments; what does not come by then is taken as it is. */
const FORMAT_TIME_LIMIT_MS = 1_500;

/** AssemblyAI's streaming v3, as a Worker opens it: the key goes in a header, which `new WebSocket` cannot send. */
export function createAssemblyAiLiveTranscriber(options: AssemblyAiLiveOptions): LiveTranscriber {
  return {
    name: "assemblyai",
    capabilities: {
      minPackMs: 50,
      maxPackMs: 1_000,
      maxSessionMs: 3 * 3_600_000,
      maxKeyTerms: MAX_KEY_TERMS,
      languages: LANGUAGES,
    },
    open(wish, onEvent) {
      return new AssemblyAiSession(options.apiKey, sessionUrl(options.streamingUrl, wish), onEvent);
    },
  };
}

/** Where a session is opened, as `fetch` takes it: `https` stands for `wss`. */
function sessionUrl(
  streamingUrl: string,
  { language, keyTerms }: { readonly language: string | null; readonly keyTerms: readonly string[] },
): URL {
  const url = new URL("/v3/ws", streamingUrl.replace(/^ws/, "http"));
  const isEnglish = language?.toLowerCase().split("-")[0] === "en";
  url.searchParams.set("speech_model", isEnglish ? MODELS.english : MODELS.others);
  url.searchParams.set("sample_rate", "8000");
  url.searchParams.set("encoding", "pcm_mulaw");
  url.searchParams.set("format_turns", "true");
  url.searchParams.set("inactivity_timeout", String(INACTIVITY_TIMEOUT_SECONDS));
  if (!isEnglish) url.searchParams.set("language_detection", "true");
  if (keyTerms.length > 0) url.searchParams.set("keyterms_prompt", JSON.stringify(keyTerms.slice(0, MAX_KEY_TERMS)));
  return url;
}

class AssemblyAiSession implements LiveSession {
  readonly #onEvent: (event: LiveTranscriberEvent) => void;
  #socket: WebSocket | null = null;
  #isClosed = false;
  #hasBegun = false;
  /** The vendor's last word before it closes. */
  #error = { code: 0, message: "" };
  /** A turn that has ended and whose formatted form is awaited. */
  #unformatted: WireTurn | null = null;
  #formatTimer: ReturnType<typeof setTimeout> | undefined;
  #limitTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(apiKey: string, url: URL, onEvent: (event: LiveTranscriberEvent) => void) {
    this.#onEvent = onEvent;
    this.#limit(BEGIN_TIME_LIMIT_MS, "The transcriber did not begin in time.");
    this.#connect(apiKey, url).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      this.#close({ kind: "lost", code: 1006, message, again: "later" });
    });
  }

  send(audio: Uint8Array): void {
    if (!this.#isClosed) this.#say(audio);
  }

  finish(): void {
    if (this.#isClosed) return;
    if (this.#socket === null) {
      this.abort("finished before it began");
      return;
    }
    this.#say('{"type":"Terminate"}');
    this.#limit(FINISH_TIME_LIMIT_MS, "The transcriber did not finish in time.");
  }

  abort(reason: string): void {
    if (this.#isClosed) return;
    // It is billed until it knows.
    this.#say('{"type":"Terminate"}');
    this.#close({ kind: "lost", code: 1000, message: reason, again: "at_once" });
  }

  async #connect(apiKey: string, url: URL): Promise<void> {
    const response = await fetch(url, { headers: { upgrade: "websocket", authorization: apiKey } });
    const socket = response.webSocket;
    if (!socket) {
      this.#close(closureOfStatus(response.status, (await response.text()).slice(0, 300)));
      return;
    }
    socket.accept();
    if (this.#isClosed) {
      socket.close(1000);
      return;
    }
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") this.#hear(data);
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.#close(closureOfCode(this.#error.code || code, this.#error.message || reason));
    });
    socket.addEventListener("error", () => {
      this.#close(closureOfCode(1006, "The connection to the transcriber broke."));
    });
  }

  #hear(text: string): void {
    const frame = readLiveFrame(text);
    if (frame === null || this.#isClosed) return;
    switch (frame.type) {
      case "Begin":
        clearTimeout(this.#limitTimer);
        this.#hasBegun = true;
        this.#onEvent({ type: "begun", sessionId: frame.id, expiresAtMs: frame.expires_at * 1000 });
        break;
      case "Turn":
        this.#hearTurn(frame);
        break;
      case "Error":
        this.#error = { code: frame.error_code, message: frame.error };
        break;
      case "Termination":
        this.#close(closureOfCode(1000, "The session has ended."));
        break;
    }
  }

  /** A turn that has ended comes twice, the second time formatted; older accounts see it formatted at once. */
  #hearTurn(turn: WireTurn): void {
    if (this.#unformatted !== null && this.#unformatted.turn_order !== turn.turn_order) this.#settleUnformatted();
    if (!turn.end_of_turn) {
      this.#onEvent({ type: "turn", turn: liveTurnOf(turn, false) });
      return;
    }
    if (turn.turn_is_formatted) {
      this.#unformatted = null;
      clearTimeout(this.#formatTimer);
      this.#onEvent({ type: "turn", turn: liveTurnOf(turn, true) });
      return;
    }
    this.#unformatted = turn;
    this.#formatTimer = setTimeout(() => this.#settleUnformatted(), FORMAT_TIME_LIMIT_MS);
    this.#onEvent({ type: "turn", turn: liveTurnOf(turn, false) });
  }

  #settleUnformatted(): void {
    clearTimeout(this.#formatTimer);
    const turn = this.#unformatted;
    this.#unformatted = null;
    if (turn !== null && !this.#isClosed) this.#onEvent({ type: "turn", turn: liveTurnOf(turn, true) });
  }

  #say(message: string | Uint8Array): void {
    try {
      this.#socket?.send(message);
    } catch {
      // It is closing: its close event says so.
    }
  }

  #limit(ms: number, message: string): void {
    clearTimeout(this.#limitTimer);
    const closure: LiveClosure = { kind: "lost", code: 1006, message, again: "at_once" };
    this.#limitTimer = setTimeout(() => this.#close(this.#hasBegun ? closure : { ...closure, again: "later" }), ms);
  }

  #close(closure: LiveClosure): void {
    if (this.#isClosed) return;
    this.#settleUnformatted();
    this.#isClosed = true;
    clearTimeout(this.#limitTimer);
    try {
      this.#socket?.close(1000);
    } catch {
      // It is closed already.
    }
    this.#onEvent({ type: "closed", closure });
  }
}
