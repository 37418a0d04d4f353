import { type Failure, hasCode } from "@earwitness/shared";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import type { JobEntry, JobKind } from "./job.ts";

/** What those who tell a subject may touch. */
export type SubjectContext = Pick<Context, "clock" | "newId" | "log">;

/**
 * What a job is for, such as a recording or an export, and how it hears what becomes of its job: within the transaction that
 * changes the job, whoever acts. A subject that has come to its end by another way stays as it is.
 */
export interface JobSubject<P> {
  /** The job came to nothing. */
  giveUp?(ctx: SubjectContext, tx: Repositories, payload: P, failure: Failure): Promise<void>;
  /** Somebody has cancelled it. */
  cancelled?(ctx: SubjectContext, tx: Repositories, payload: P): Promise<void>;
  /** It was given up, and is run again from the beginning. Throws, before it changes anything, where it cannot be. */
  runAgain?(ctx: SubjectContext, tx: Repositories, payload: P): Promise<void>;
}

/** The same with the payload still unread. One that cannot be read is of nothing that could be told. */
export type AnySubject = Required<JobSubject<unknown>>;
export type JobSubjects = Readonly<Record<JobKind, AnySubject>>;

/** Joins a kind's entry in the catalogue with what its subject hears; nothing where nobody waits for such a job. */
export function jobSubject<P extends z.ZodType>(entry: JobEntry<P>, subject: JobSubject<z.infer<P>>): AnySubject {
  return {
    async giveUp(ctx, tx, payload, failure) {
      const parsed = entry.payload.safeParse(payload);
      if (parsed.success) await unlessGone(subject.giveUp?.(ctx, tx, parsed.data, failure));
    },
    async cancelled(ctx, tx, payload) {
      const parsed = entry.payload.safeParse(payload);
      if (parsed.success) await unlessGone(subject.cancelled?.(ctx, tx, parsed.data));
    },
    async runAgain(ctx, tx, payload) {
      const parsed = entry.payload.safeParse(payload);
      if (parsed.success) await subject.runAgain?.(ctx, tx, parsed.data);
    },
  };
}

/** A subject that is gone waits for nothing, and does not keep its job from coming to its end. */
async function unlessGone(told: Promise<void> | undefined): Promise<void> {
  try {
    await told;
  } catch (error) {
    if (!hasCode(error, "not_found")) throw error;
  }
}
