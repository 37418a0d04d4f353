import type { CallView } from "@earwitness/shared";

type Stage = CallView["stages"][number];

/** One line of what happened. */
export interface StageLine {
  name: Stage["name"];
  state: Stage["state"];
  title: string;
  note: string | null;
  at: string | null;
  /** Since the stage before it that has a time; null for the first, and while it runs. */
  tookMs: number | null;
}

/** What a stage is called once it is done, and while it runs, waits, or has failed. */
const TITLES: Record<Stage["name"], { done: string; running: string; failed: string }> = {
  ring: { done: "Rang", running: "Ringing", failed: "Did not ring" },
  answer: { done: "Answered", running: "Waiting for an answer", failed: "Not answered" },
  announce: { done: "Announcement spoken", running: "Speaking the announcement", failed: "Announcement failed" },
  record: { done: "Recorded", running: "Recording", failed: "Recording did not start" },
  end: { done: "Hung up", running: "Still on the line", failed: "Ended badly" },
  save: {
    done: "Recording saved by the carrier",
    running: "The carrier is saving",
    failed: "The carrier saved nothing",
  },
  store: { done: "Stored and hashed", running: "Storing", failed: "Not stored" },
  transcribe: { done: "Exact transcript", running: "Transcribing", failed: "Transcript failed" },
};

/** The stages that have begun or ended, in words, with the time from each to the next. Skipped and waiting ones are left out. */
export function stageLines(stages: readonly Stage[]): StageLine[] {
  const told = stages.filter((stage) => stage.state !== "waiting" && stage.state !== "skipped");
  let before: number | null = null;
  return told.map((stage) => {
    const at = stage.at === null ? null : Date.parse(stage.at);
    const tookMs = at !== null && before !== null && stage.state !== "running" ? Math.max(0, at - before) : null;
    before = at ?? before;
    const titles = TITLES[stage.name];
    const title = stage.state === "failed" ? titles.failed : stage.state === "running" ? titles.running : titles.done;
    return { name: stage.name, state: stage.state, title, note: stage.note, at: stage.at, tookMs };
  });
}
