import type { Call, CallFact } from "@earwitness/core";
import type { Caption, LiveCallState } from "@earwitness/shared";
import type { Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";
import { CallCaptions } from "./captions/call-captions.ts";
import type { CaptionGap } from "./captions/open-gap.ts";
import type { SoundPack } from "./media/packer.ts";

interface LiveCaptionsOptions {
  readonly transcriber: RoomServices["liveTranscriber"];
  readonly call: Call;
  readonly log: Logger;
  /** What earlier instances of the room have told. */
  readonly told: Iterable<CallFact>;
  /** Whether such an instance was heard by a transcriber in mid-sentence. */
  readonly isResumed: boolean;
  readonly tell: (facts: CallFact[]) => void;
  readonly onCaption: (caption: Caption) => void;
  /** What nobody captions has begun, and goes on; `onGap` tells when it is over. */
  readonly onMissing: (gap: CaptionGap) => void;
  readonly onGap: (gap: Extract<CallFact, { type: "captions.gap" }>) => void;
  readonly onState: () => void;
  /** Music is played to the other side at this moment. */
  readonly isHeld: () => boolean;
}

/** The call's captions as the room keeps them: what is settled is told to the record, what is not is at hand. */
export class LiveCaptions {
  readonly #options: Pick<LiveCaptionsOptions, "isHeld">;
  readonly #captions: CallCaptions | null;
  readonly #unsettled = new Map<string, Caption>();
  #state: LiveCallState["captions"];
  #settled = 0;
  #packs = 0;

  constructor(options: LiveCaptionsOptions) {
    this.#options = options;
    const { transcriber, call, log, told, isResumed, tell, onCaption, onMissing, onGap, onState } = options;
    this.#state = transcriber === null ? "off" : "running";
    this.#captions =
      transcriber === null
        ? null
        : new CallCaptions({
            transcriber,
            language: call.snapshot?.language ?? null,
            keyTerms: call.snapshot?.keyTerms ?? [],
            settled: settledOf(told),
            isResumed,
            onMissing,
            onCaption: (caption) => {
              this.#take(caption);
              onCaption(caption);
              if (caption.isFinal) tell([{ type: "caption.settled", at: new Date().toISOString(), caption }]);
            },
            onGap: (gap) => {
              const fact = { type: "captions.gap" as const, at: new Date().toISOString(), ...gap };
              onGap(fact);
              tell([fact]);
            },
            onState: (state) => {
              this.#state = state;
              onState();
            },
            onClosure: ({ kind, code, message }) => {
              if (kind !== "finished") log.warn("A session at the transcriber ended.", { kind, code, reason: message });
            },
          });
  }

  get state(): LiveCallState["captions"] {
    return this.#state;
  }

  /** What is being said at this moment, as far as it is understood. */
  get unsettled(): Iterable<Caption> {
    return this.#unsettled.values();
  }

  /** Captions that this instance has settled, and packs that it has handed on. */
  get counts(): { readonly settled: number; readonly packs: number } {
    return { settled: this.#settled, packs: this.#packs };
  }

  hear(pack: SoundPack): void {
    // What is played to somebody on hold is no speech, and would be taken for a transcriber that has fallen silent.
    if (pack.channel === "agent" && this.#options.isHeld()) {
      this.#captions?.pause(["agent"]);
      return;
    }
    this.#packs += 1;
    this.#captions?.hear(pack);
  }

  /** No sound comes for a while. */
  pause(): void {
    this.#captions?.pause();
  }

  /** Resolves when nothing will be told any more, within ten seconds. */
  async finish(): Promise<void> {
    await this.#captions?.finish();
  }

  #take(caption: Caption): void {
    if (!caption.isFinal) this.#unsettled.set(caption.id, caption);
    else {
      this.#unsettled.delete(caption.id);
      this.#settled += 1;
    }
  }
}

function settledOf(told: Iterable<CallFact>): Pick<Caption, "id" | "channel" | "endMs">[] {
  const settled: Pick<Caption, "id" | "channel" | "endMs">[] = [];
  for (const fact of told) {
    if (fact.type !== "caption.settled") continue;
    const { id, channel, endMs } = fact.caption;
    settled.push({ id, channel, endMs });
  }
  return settled;
}
