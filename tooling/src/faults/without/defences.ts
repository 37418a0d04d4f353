import type { StormName } from "../plan/storms.ts";

/** Something that keeps the books right, and how it is taken out of a copy of the sources. */
export interface Defence {
  readonly name: string;
  /** What it does, in a few words. */
  readonly does: string;
  readonly file: string;
  /** Must be in the file exactly once, so that a copy is never run that still has its defence. */
  readonly find: string;
  readonly replace: string;
  /** A run in which it is missed, with a storm of what it stands against where that strikes too seldom by itself. */
  readonly shownBy: Run;
}

/** A plan's size, seed and storm. */
export interface Run {
  readonly calls: number;
  readonly seed: number;
  readonly storm?: StormName;
}

/** Defences that a run must miss when they are gone: if the books balance all the same, it is the rig that is wrong. */
export const DEFENCES: readonly Defence[] = [
  {
    name: "event-id",
    does: "a room knows a notice again by its event id",
    file: "workers/rooms/src/call-room/call-room.ts",
    find: "const heard = this.#journal.heard(eventId);",
    replace: 'const heard: string = "never";',
    shownBy: { calls: 40, seed: 11 },
  },
  {
    name: "room-alarm",
    does: "a room is woken for what is due or unconfirmed",
    file: "workers/rooms/src/call-room/room-alarm.ts",
    find: "    if (known.length === 0) return;",
    replace: "    if (known.length >= 0) return;",
    shownBy: { calls: 40, seed: 11 },
  },
  {
    name: "announce-again",
    does: "a room announces its facts until the record has them",
    file: "workers/rooms/src/call-room/announcer.ts",
    find: "    if (dueAtMs === null || (this.#sentAtMs !== null && dueAtMs > nowMs)) return;",
    replace: "    if (dueAtMs !== undefined) return;",
    shownBy: { calls: 40, seed: 11 },
  },
  {
    name: "command-id",
    does: "the carrier knows a repeated command by its id",
    file: "packages/providers/src/telephony/telnyx/commands.ts",
    find: "const common = { command_id: command.key };",
    replace: "const common = { command_id: crypto.randomUUID() };",
    shownBy: { calls: 40, seed: 11, storm: "unanswered" },
  },
  {
    name: "expired-lease",
    does: "a job whose runner died is taken up again",
    file: "packages/db/src/repositories/jobs.ts",
    find: `        and(eq(jobs.state, "running"), lte(jobs.leasedUntil, now)),
      );
      const picked`,
    replace: `      );
      const picked`,
    shownBy: { calls: 120, seed: 11, storm: "kills" },
  },
  {
    name: "sweep",
    does: "a job whose message was lost is sent for again",
    file: "packages/core/src/job/sweep-jobs.ts",
    find: "const JOBS_PER_SWEEP = 500;",
    replace: "const JOBS_PER_SWEEP = 0;",
    shownBy: { calls: 40, seed: 11 },
  },
  {
    name: "lost-notices",
    does: "the carrier is asked what it sent that never came",
    file: "packages/core/src/reconcile/reconcile.ts",
    find: '  { name: "lostNotices", run: findLostNotices },\n',
    replace: "",
    shownBy: { calls: 40, seed: 11 },
  },
  {
    name: "silent-transcripts",
    does: "the transcriber is asked about what it has been silent about",
    file: "packages/core/src/reconcile/reconcile.ts",
    find: '  { name: "silentTranscripts", run: (ctx, _ports, asOf) => askForTranscripts(ctx, asOf) },\n',
    replace: "",
    shownBy: { calls: 40, seed: 93, storm: "silent-transcriber" },
  },
  {
    name: "submission",
    does: "what may have been submitted is looked for before it is submitted, and paid for, again",
    file: "packages/core/src/transcript/request-transcript.ts",
    find: "const found = submittingSince === null ? null : await ports.transcriber.findSubmission(audioUrl, submittingSince);",
    replace: "const found: { vendorTranscriptionId: string } | null = submittingSince === null ? null : null;",
    shownBy: { calls: 60, seed: 11, storm: "unanswered" },
  },
  {
    name: "mail-key",
    does: "the mail service knows a repeated mail by its key",
    file: "packages/providers/src/mailer/resend/client.ts",
    find: '"idempotency-key": mail.key,',
    replace: '"idempotency-key": crypto.randomUUID(),',
    shownBy: { calls: 40, seed: 11, storm: "unanswered" },
  },
  {
    name: "one-transaction",
    does: "what a change causes is committed with it",
    file: "packages/core/src/recording/store-recording.ts",
    find: "    await addTranscript(ctx, tx, stored, ports.transcriber);\n",
    replace:
      "    setTimeout(() => void ctx.unitOfWork((later) => addTranscript(ctx, later, stored, ports.transcriber)).catch(() => {}), 300);\n",
    shownBy: { calls: 40, seed: 54 },
  },
];
