"use client";
import type { CallView } from "@earwitness/shared";
import { useState } from "react";
import { ButtonGroup } from "../../ui/button-group.tsx";
import { TalkBody } from "../talk/talk-body.tsx";
import styles from "./call-screen.module.css";
import type { Playback } from "./player/playback.ts";
import { Record } from "./record/record.tsx";
import { Sound } from "./sound.tsx";
import { Words } from "./words.tsx";

const PARTS = [
  { value: "words", label: "Words" },
  { value: "record", label: "Record" },
] as const;

/** The sound on its axis, the words, and the record beside them; while the call is spoken, the words as they are said. */
export function CallBody({ call }: { call: CallView }) {
  const [playback, setPlayback] = useState<Playback | null>(null);
  const [part, setPart] = useState<"words" | "record">("words");
  const recording = call.recordings.find(({ state }) => state === "stored") ?? null;
  return (
    <>
      {recording && <Sound call={call} recording={recording} playback={playback} onPlayback={setPlayback} />}
      <ButtonGroup
        className={`phone-only ${styles.parts}`}
        label="Part of the call"
        options={PARTS}
        value={part}
        onChoose={setPart}
      />
      <div className={styles.columns} data-part={part} data-soundless={recording === null || undefined}>
        <div className={styles.words}>
          {call.state === "live" ? (
            <TalkBody call={call} />
          ) : (
            <Words call={call} recording={recording} playback={playback} />
          )}
        </div>
        <aside className={styles.side} aria-label="Record of the call">
          <h2>Record</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
          <section className={styles.sideScroll} aria-label="Coverage, receipt, events" tabIndex={0}>
            <Record call={call} />
          </section>
        </aside>
      </div>
    </>
  );
}
