import type { Books } from "./books.ts";
import type { Finding } from "./finding.ts";

const OVER = new Set(["done", "cancelled"]);

/** No work is left: no job waits, runs or was given up, no effect is still to come, no message was given up. */
export function auditWork({ record }: Books): Finding[] {
  return [
    ...record.jobs
      .filter(({ state }) => !OVER.has(state))
      .map(({ kind, key, state, attempts, last_error }) => ({
        kind: "stuck" as const,
        what: `a job is ${state} after ${attempts} attempts: ${JSON.stringify(last_error)}`,
        where: `${kind} ${key}`,
      })),
    ...record.outbox.map(({ id, kind, attempts, last_error }) => ({
      kind: "stuck" as const,
      what: `an effect is still to come after ${attempts} attempts: ${last_error}`,
      where: `outbox ${kind} ${id}`,
    })),
    ...record.deadLetters.map(({ queue, reason, body }) => ({
      kind: "stuck" as const,
      what: `a message was given up: ${reason}`,
      where: `${queue} ${JSON.stringify(body)}`,
    })),
  ];
}
