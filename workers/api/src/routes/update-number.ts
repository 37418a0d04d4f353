import { updateNumber as change } from "@earwitness/core";
import { readNumber } from "@earwitness/db";
import { NumberId, NumberView, UpdateNumber } from "@earwitness/shared";
import { z } from "zod";
import { mayChange, versionTag } from "../http/conditional.ts";
import { ok, route } from "../http/route.ts";

export const updateNumber = route({
  method: "patch",
  path: "/numbers/{numberId}",
  operationId: "updateNumber",
  tag: "Numbers",
  summary: "Change a number's settings",
  description:
    "What is left out stays. With `If-Match`, holding the number's `version` in quotes, a number that was changed meanwhile answers 412. Calls are answered by the new settings once `publishedVersion` has caught up.",
  may: "numbers:change",
  // Key terms at their longest, in a script that JSON escapes.
  maxBodyBytes: 256 * 1024,
  request: {
    path: z.object({ numberId: NumberId }),
    header: z.object({ "if-match": z.string().max(200).optional() }),
    body: UpdateNumber.strict(),
  },
  returns: { 200: NumberView },
  handle: async ({ ctx, services, input: { path, header, body } }) => {
    const { version } = await change(ctx, {
      numberId: path.numberId,
      changes: body,
      mayChange: (version) => mayChange(header["if-match"] ?? null, versionTag(version)),
    });
    services.kickOutbox();
    const number = await services.database.read(ctx.actor, (scope) => readNumber(scope, path.numberId));
    return { ...ok(number), headers: { etag: versionTag(version) } };
  },
});
