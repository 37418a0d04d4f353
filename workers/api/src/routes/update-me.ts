import { asPerson, chooseMails, setOwnPhone } from "@earwitness/core";
import { MeView, UpdateMe } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";
import { meOf } from "../me.ts";

export const updateMe = route({
  method: "patch",
  path: "/me",
  operationId: "updateMe",
  tag: "Workspace",
  summary: "Change what is known of oneself, and which mails come",
  may: "me:change",
  request: { body: UpdateMe.strict() },
  returns: { 200: MeView },
  handle: async ({ ctx, services, input: { body } }) => {
    const person = asPerson(ctx);
    if (body.phone !== undefined) await setOwnPhone(person, body.phone);
    if (body.mails !== undefined) {
      const { digest, exportReady } = body.mails;
      // About an address, which is of no workspace.
      const outside = services.contextOf({ kind: "visitor" } as const);
      await chooseMails(outside, person.actor.userId, { digest, export_ready: exportReady });
    }
    return ok(await meOf(services, person.actor));
  },
});
