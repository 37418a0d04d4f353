import type { CallView } from "@earwitness/shared";
import { Circle, CircleCheck, CircleSlash, CircleX } from "lucide-react";
import { seconds } from "../../format/time.ts";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { LiveDot } from "../../ui/status.tsx";
import styles from "./first-run.module.css";

type Stage = CallView["stages"][number];

/** The stages that a newcomer needs to see, in the order of a call. */
const NAMES = [
  ["ring", "Ring"],
  ["answer", "Answer"],
  ["record", "Record"],
  ["end", "Hang up"],
  ["store", "Store"],
  ["transcribe", "Transcript"],
] as const satisfies readonly (readonly [Stage["name"], string])[];
const SIGNS = { waiting: Circle, done: CircleCheck, failed: CircleX, skipped: CircleSlash } as const;

/** A call's way through the system in one line: what is done, with its time, what runs, what waits. */
export function StagesStrip({ stages }: { stages: readonly Stage[] }) {
  const begin = stages.find(({ at }) => at !== null)?.at ?? null;
  return (
    <ol className={styles.stages} aria-label="Stages of the test call">
      {NAMES.map(([name, word]) => {
        const stage = stages.find((each) => each.name === name);
        const state = stage?.state ?? "waiting";
        const isOnAir = name === "record" && state === "running";
        return (
          <li key={name} data-is={state}>
            {isOnAir ? <LiveDot /> : state === "running" ? <Spinner /> : <Icon of={SIGNS[state]} small />}
            <b>{word}</b>
            <span>{stage ? noteOf(stage, begin) : "waits"}</span>
          </li>
        );
      })}
    </ol>
  );
}

function noteOf({ state, at, note }: Stage, begin: string | null): string {
  if (state === "waiting") return "waits";
  if (state === "running") return "now";
  if (state === "failed") return note ?? "failed";
  if (state === "skipped") return "not needed";
  return at === null || begin === null ? "done" : `at ${seconds(Date.parse(at) - Date.parse(begin))}`;
}
