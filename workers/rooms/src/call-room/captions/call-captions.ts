import type { LiveClosure, LiveTranscriber } from "@earwitness/core";
import type { Caption, LiveChannel } from "@earwitness/shared";
import type { SoundPack } from "../media/packer.ts";
import { type CaptionState, ChannelCaptions } from "./channel-captions.ts";
import { type CaptionClock, platformClock } from "./clock.ts";
import type { CaptionGap } from "./open-gap.ts";

export interface CallCaptionsOptions {
  readonly transcriber: LiveTranscriber;
  /** BCP 47; null: let the transcriber find out. */
  readonly language: string | null;
  readonly keyTerms: readonly string[];
  /** Captions that earlier instances of the room have settled. */
  readonly settled: readonly Pick<Caption, "id" | "channel" | "endMs">[];
  readonly onCaption: (caption: Caption) => void;
  /** Whether an earlier instance of the room captioned the call: what it had not settled is lost. */
  readonly isResumed?: boolean;
  /** A gap goes on: its end is not the last. `onGap` follows under the same channel and start. */
  readonly onMissing?: (gap: CaptionGap) => void;
  /** A gap is over, for good. */
  readonly onGap: (gap: CaptionGap) => void;
  readonly onState: (state: CaptionState) => void;
  readonly onClosure: (closure: LiveClosure) => void;
  readonly clock?: CaptionClock;
  readonly random?: () => number;
}

const CHANNELS: readonly LiveChannel[] = ["caller", "agent"];

/** The captions of a call: each voice has a session of its own, so that it is known who speaks. */
export class CallCaptions {
  readonly #channels: Record<LiveChannel, ChannelCaptions>;
  readonly #lost = new Set<LiveChannel>();

  constructor(options: CallCaptionsOptions) {
    const make = (channel: LiveChannel) =>
      new ChannelCaptions({
        ...options,
        channel,
        clock: options.clock ?? platformClock,
        random: options.random ?? Math.random,
        isResumed: options.isResumed ?? false,
        onMissing: options.onMissing ?? (() => {}),
        ...leftOff(options.settled, channel),
        onState: (state) => {
          if (state === "lost") this.#lost.add(channel);
          else this.#lost.delete(channel);
          options.onState(this.#lost.size > 0 ? "lost" : "running");
        },
      });
    this.#channels = { caller: make("caller"), agent: make("agent") };
  }

  hear(pack: SoundPack): void {
    this.#channels[pack.channel].hear(pack);
  }

  /** No sound comes for a while: of both voices, or of one. */
  pause(channels: readonly LiveChannel[] = CHANNELS): void {
    for (const channel of channels) this.#channels[channel].pause();
  }

  /** Resolves when nothing will be told any more, within ten seconds. */
  async finish(): Promise<void> {
    await Promise.all(CHANNELS.map((channel) => this.#channels[channel].finish()));
  }

  abort(reason: string): void {
    for (const channel of CHANNELS) this.#channels[channel].abort(reason);
  }
}

/** Where a channel's captions go on: after the last settled one, by number and by place. */
function leftOff(settled: CallCaptionsOptions["settled"], channel: LiveChannel) {
  const own = settled.filter((caption) => caption.channel === channel);
  return {
    firstCaption: own.length === 0 ? 0 : Math.max(...own.map(({ id }) => Number(id.split("-").at(-1)))) + 1,
    settledMs: Math.max(0, ...own.map(({ endMs }) => endMs)),
  };
}
