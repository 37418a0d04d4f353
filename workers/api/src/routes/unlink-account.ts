import { asPerson, unlinkAccount as unlinkAccountOf } from "@earwitness/core";
import { AccountProvider } from "@earwitness/shared";
import { z } from "zod";
import { route } from "../http/route.ts";

export const unlinkAccount = route({
  method: "delete",
  path: "/me/accounts/{provider}",
  operationId: "unlinkAccount",
  tag: "Workspace",
  summary: "Take an account elsewhere away from one's ways to sign in",
  description: "The link by mail stays. Where there is no such account, nothing changes.",
  may: "me:change",
  request: { path: z.object({ provider: AccountProvider }) },
  returns: { 204: "nothing" },
  handle: async ({ ctx, input: { path } }) => {
    await unlinkAccountOf(asPerson(ctx), path.provider);
    return { status: 204 as const };
  },
});
