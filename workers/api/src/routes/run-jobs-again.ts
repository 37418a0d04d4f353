import { runJobsAgain as act } from "@earwitness/core";
import { JobsRunAgain, PickJobs } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";
import { OPS } from "../jobs-viewer.ts";

export const runJobsAgain = route({
  method: "post",
  path: "/jobs/run-again",
  operationId: "runJobsAgain",
  tag: "Operations",
  summary: "Run dead jobs again",
  description:
    "The workspace's, and those of no workspace, such as mails with sign-in links: by their ids, or all of one kind and cause that nobody has dismissed; 500 at most, ask again for more. They begin with their first attempt, and their failures are kept. Those that are not dead are left alone; those that cannot be run again now are named with the reason, and keep no other from running.",
  may: "ops:act",
  request: { body: PickJobs },
  returns: { 200: JobsRunAgain },
  handle: async ({ ctx, services, input: { body } }) => {
    const done = await act(ctx, services.contextOf(OPS), body);
    services.kickOutbox();
    return ok(done);
  },
});
