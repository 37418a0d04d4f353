import { type Call, type CallFact, isHeld, isPaused } from "@earwitness/core";
import type { Logger } from "@earwitness/shared/log";
import type { RoomServices } from "../services.ts";
import type { Journal } from "./journal.ts";
import { LiveCaptions } from "./live-captions.ts";
import { type Gap, markOfAbsence, markOfGap, markOfMissing } from "./live-marks.ts";
import { type KeptSound, openKeptSound } from "./media/kept-sound.ts";
import { type Absence, LiveSound } from "./media/live-sound.ts";
import { toldSoundOf } from "./media/told-sound.ts";
import type { Watchers } from "./watchers.ts";

/** All that takes a call's sound. */
export interface Spoken {
  readonly live: LiveSound;
  readonly kept: KeptSound;
  readonly captions: LiveCaptions;
}

interface SpokenOptions {
  readonly call: Call;
  readonly journal: Journal;
  readonly sql: SqlStorage;
  readonly services: RoomServices;
  readonly log: Logger;
  readonly watchers: Pick<Watchers, "caption" | "mark" | "sound">;
  /** Where sound was first asked for, in ms since the answer. */
  readonly wishedMs: number;
  /** Writes facts at once. */
  readonly tell: (facts: CallFact[]) => void;
  /** Writes facts with others that come within seconds. */
  readonly tellSoon: (facts: CallFact[]) => void;
  readonly onCaptionState: () => void;
}

/** Opens all that takes a call's sound, as earlier instances of the room left it, and joins it. */
export function openSpoken(options: SpokenOptions): Spoken {
  const { call, journal, sql, services, log, watchers, wishedMs, tell, tellSoon } = options;
  const told = toldSoundOf(journal.sideFacts());
  const folder = `chunks/${call.workspaceId}/${call.callId}`;
  const kept = openKeptSound({ sql, bucket: services.recordings, log, folder, told, tell });
  const mark = (of: "audio" | "captions", gap: Gap) => {
    const shown = markOfGap(of, gap);
    if (shown !== null) watchers.mark(shown);
  };
  const absence = absenceAt(Math.max(told.untilMs ?? -1, kept.rows.endMs ?? -1), isPaused(journal.state));
  const captions = new LiveCaptions({
    transcriber: services.liveTranscriber,
    call,
    log,
    told: journal.sideFacts(),
    isResumed: absence?.reason === "room_reset",
    tell: tellSoon,
    onCaption: (caption) => watchers.caption(caption),
    onMissing: (gap) => watchers.mark(markOfMissing(gap)),
    onGap: (gap) => mark("captions", gap),
    onState: options.onCaptionState,
    isHeld: () => isHeld(journal.state),
  });
  const live = new LiveSound({
    tail: kept.tail,
    wishedMs,
    absence,
    isPaused: isPaused(journal.state),
    onPack: (pack) => {
      captions.hear(pack);
      watchers.sound(pack);
    },
    onAbsence: (absence) => {
      captions.pause();
      watchers.mark(markOfAbsence(absence));
    },
    onGap: (gap) => {
      tell([{ type: "audio.gap", at: new Date().toISOString(), ...gap }]);
      mark("audio", gap);
    },
  });
  return { live, kept, captions };
}

/** Where an earlier instance of the room lost the sound; null where it had none. */
function absenceAt(startMs: number, isPaused: boolean): Absence | null {
  return startMs < 0 ? null : { startMs, reason: isPaused ? "paused" : "room_reset", detail: null };
}
