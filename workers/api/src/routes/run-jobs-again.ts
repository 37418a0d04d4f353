import { runJobsAgain as act } from "@earwitness/core";
import { PickedJobs, PickJobs } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const runJobsAgain = route({
  method: "post",
  path: "/jobs/run-again",
  operationId: "runJobsAgain",
  tag: "Operations",
  summary: "Run dead jobs again",
  description:
    "By their ids, or all of one kind and cause; 500 at most, ask again for more. They begin with their first attempt, and their failures are kept. Those that are not dead are left alone.",
  may: "ops:act",
  request: { body: PickJobs },
  returns: { 200: PickedJobs },
  handle: async ({ ctx, services, input: { body } }) => {
    const changed = await act(ctx, body);
    services.kickOutbox();
    return ok({ changed });
  },
});
