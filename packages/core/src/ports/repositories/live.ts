import type { CallId, CaptionWord, GapReason, LiveChannel, WorkspaceId } from "@earwitness/shared";

interface OfCall {
  readonly workspaceId: WorkspaceId;
  readonly callId: CallId;
}

/** What was captioned while it was spoken. Positions are ms since the answer. */
export interface CaptionRecord extends OfCall {
  readonly captionId: string;
  readonly channel: LiveChannel;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly words: readonly CaptionWord[];
  /** BCP 47. */
  readonly language: string | null;
}

/** A piece of the call's sound, kept while it was spoken. `held` is what of it is sound; the rest is silence that was put in. */
export interface ChunkRecord extends OfCall {
  readonly chunk: number;
  readonly r2Key: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly sizeBytes: number;
  readonly held: readonly { readonly startMs: number; readonly endMs: number }[];
}

/** A span that is in no live audio, or in no caption. */
export interface GapRecord extends OfCall {
  readonly n: number;
  readonly kind: "audio" | "captions";
  readonly channel: LiveChannel | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: GapReason;
  readonly detail: string | null;
}

/** A span in which nothing was recorded on purpose; it lasts while `endedAt` is null. */
export interface PauseRecord extends OfCall {
  readonly n: number;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}

/** What a call left while it was spoken. Each is added once; what is there already stays as it is. */
export interface LiveRepository {
  addCaption(caption: CaptionRecord): Promise<void>;
  addChunk(chunk: ChunkRecord): Promise<void>;
  addGap(gap: GapRecord): Promise<void>;
  addPause(pause: Omit<PauseRecord, "endedAt" | "endedBy">): Promise<void>;
  /** Ends the pause that lasts; nothing where none does. */
  endPause(callId: CallId, end: { endedAt: Date; endedBy: string | null }): Promise<void>;
  hasCaptions(callId: CallId): Promise<boolean>;
  /** In the order in which they began. */
  captionsOf(callId: CallId): Promise<CaptionRecord[]>;
  chunksOf(callId: CallId): Promise<ChunkRecord[]>;
  gapsOf(callId: CallId): Promise<GapRecord[]>;
  pausesOf(callId: CallId): Promise<PauseRecord[]>;
}
