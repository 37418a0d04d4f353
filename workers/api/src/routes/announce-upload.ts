import { announceUpload as announce } from "@earwitness/core";
import { AnnouncedUpload, AnnounceUpload } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";

export const announceUpload = route({
  method: "post",
  path: "/uploads",
  operationId: "announceUpload",
  tag: "Recordings",
  summary: "Announce a file, and learn by which request to put it",
  description:
    "The request that the answer describes puts just this file, once, straight into the storage: another type, length or checksum is refused there. A recording is WAV (PCM of 16 bits, µ-law, A-law) or MP3 of 2 GiB at most; a screenshot PNG, JPEG or WebP of 10 MiB; an avatar of 2 MiB.",
  may: "uploads:write",
  request: { body: AnnounceUpload.strict() },
  returns: { 201: AnnouncedUpload },
  handle: async ({ ctx, services, input: { body } }) => reply(201, await announce(ctx, services.files.store, body)),
});
