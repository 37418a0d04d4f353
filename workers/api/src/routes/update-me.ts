import { asPerson, setOwnPhone } from "@earwitness/core";
import { MeView, UpdateMe } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";
import { meOf } from "../me.ts";

export const updateMe = route({
  method: "patch",
  path: "/me",
  operationId: "updateMe",
  tag: "Workspace",
  summary: "Change what is known of oneself",
  may: "me:change",
  request: { body: UpdateMe.strict() },
  returns: { 200: MeView },
  handle: async ({ ctx, services, input: { body } }) => {
    const person = asPerson(ctx);
    await setOwnPhone(person, body.phone);
    return ok(await meOf(services, person.actor));
  },
});
