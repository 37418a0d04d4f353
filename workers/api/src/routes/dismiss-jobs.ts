import { dismissJobs as act } from "@earwitness/core";
import { PickedJobs, PickJobs } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";
import { OPS } from "../jobs-viewer.ts";

export const dismissJobs = route({
  method: "post",
  path: "/jobs/dismiss",
  operationId: "dismissJobs",
  tag: "Operations",
  summary: "Leave dead jobs as they are",
  description:
    "The workspace's, and those of no workspace: by their ids, or all of one kind and cause. They stay dead, can still be run again, and are no longer counted among what is to be looked at.",
  may: "ops:act",
  request: { body: PickJobs },
  returns: { 200: PickedJobs },
  handle: async ({ ctx, services, input: { body } }) => {
    const changed = await act(ctx, services.contextOf(OPS), body);
    services.kickOutbox();
    return ok({ changed });
  },
});
