import { z } from "zod";
import type { ControlDoor } from "../doors/control-door.ts";

const Summary = z.object({ callControlId: z.string(), state: z.string() });

const ScriptWord = z.object({ text: z.string(), startMs: z.number(), endMs: z.number() });

const CarrierLeg = z.object({
  callSessionId: z.string(),
  callLegId: z.string(),
  callControlId: z.string(),
  direction: z.enum(["incoming", "outgoing"]),
  from: z.string(),
  to: z.string(),
  state: z.enum(["ringing", "answered", "ended"]),
  startedAt: z.string(),
  answeredMs: z.number().nullable(),
  endedMs: z.number().nullable(),
  timeline: z.array(z.object({ atMs: z.number(), type: z.string(), name: z.string() })),
  webhooks: z.array(z.object({ id: z.string(), event: z.string(), state: z.string() })),
  /** What was said on the line, recorded or not, by the call's own time. */
  script: z.object({ words: z.array(ScriptWord) }).nullable(),
  recordings: z.array(
    z.object({
      recordingId: z.string(),
      startMs: z.number(),
      endMs: z.number().nullable(),
      savedAt: z.string().nullable(),
      isDeleted: z.boolean(),
      durationMs: z.number(),
      sizeBytes: z.int(),
      sha256: z.string().nullable(),
      words: z.array(z.object({ speaker: z.string(), text: z.string() })),
    }),
  ),
});
export type CarrierLeg = z.infer<typeof CarrierLeg>;

/**
 * When a leg was answered and when it ended, in the call's own time, as its notices stamp it; null for one that was not answered, or
 * has not ended.
 */
export function answeredSpan({ timeline }: CarrierLeg): { fromMs: number; toMs: number } | null {
  const at = (event: string) => timeline.find(({ type, name }) => type === "event" && name === event)?.atMs;
  const [fromMs, toMs] = [at("call.answered"), at("call.hangup")];
  return fromMs === undefined || toMs === undefined ? null : { fromMs, toMs };
}

const AT_ONCE = 20;

/** The carrier's own record: every leg, what it asked of whom, what it told, and the files that it made. */
export async function readCarrierBooks(control: ControlDoor): Promise<CarrierLeg[]> {
  const { calls } = z.object({ calls: z.array(Summary) }).parse(await control.ask("GET", "/calls"));
  const waiting = [...calls];
  const legs: CarrierLeg[] = [];
  const read = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      legs.push(CarrierLeg.parse(await control.ask("GET", `/calls/${encodeURIComponent(next.callControlId)}`)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, read));
  return legs;
}

/** Whether the carrier still has anything on the line or to tell. */
export async function isCarrierBusy(control: ControlDoor): Promise<boolean> {
  const Health = z.object({ liveLegs: z.int(), pendingNotices: z.int() });
  const { liveLegs, pendingNotices } = Health.parse(await control.ask("GET", "/health"));
  return liveLegs > 0 || pendingNotices > 0;
}
