import type { Leg } from "./leg/leg.ts";
import type { PhoneBookEntry } from "./phone-book.ts";

/** The vendor's default analysis time. */
const ANALYSIS_MS = 3500;
/** A person's "hello" is recognised sooner than a machine's greeting. */
const HUMAN_MS = 1200;

type Picked = Extract<PhoneBookEntry, { behaviour: "answer" | "machine" }>;

/** Sends what answering-machine detection found, for a leg that was answered now. `mode` is the dial's field. */
export function reportMachineDetection(leg: Leg, mode: string, entry: Picked): void {
  if (mode === "disabled") return;
  const isMachine = entry.behaviour === "machine";
  const parties = { from: leg.from, to: leg.to };
  const premium = mode === "premium";
  const result = isMachine ? "machine" : premium ? "human_residence" : "human";
  const send = (afterMs: number, event: Parameters<Leg["notify"]>[0], found: string) => {
    leg.agenda.at(leg.now + afterMs, () => {
      if (leg.isAlive) leg.notify(event, { ...leg.identifiers(), ...parties, result: found });
    });
  };
  send(
    isMachine ? ANALYSIS_MS : HUMAN_MS,
    premium ? "call.machine.premium.detection.ended" : "call.machine.detection.ended",
    result,
  );
  if (!isMachine || mode === "detect" || mode === "detect_words") return;
  leg.conversation?.plan.performance.then(
    (performance) => {
      const greetingMs = (performance?.lines.at(-1)?.start ?? 0) / 8;
      send(
        Math.max(ANALYSIS_MS, greetingMs),
        premium ? "call.machine.premium.greeting.ended" : "call.machine.greeting.ended",
        mode === "greeting_end" ? "ended" : "beep_detected",
      );
    },
    () => undefined,
  );
}
