import type { Failure } from "@earwitness/shared";
import type { SubjectContext } from "./job-subject.ts";

/** What a subject says that waits for nothing any more because somebody wanted it so. */
export function cancelledFailure({ clock }: Pick<SubjectContext, "clock">): Failure {
  return { code: "cancelled", message: "Somebody cancelled it.", at: clock.now().toISOString(), canRetry: true };
}
