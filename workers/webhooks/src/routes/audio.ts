import type { Handler } from "hono";
import type { DoorEnv } from "../door-env.ts";
import { problem } from "../problem.ts";
import { soundFile } from "../sounds/sounds.ts";

/** The sounds are made by code: they change with a deploy, and a carrier may keep one for a day. */
const CACHE_CONTROL = "public, max-age=86400";

/** A sound that the carrier plays into a call. Nothing about them is secret. */
export const audio: Handler<DoorEnv, "/audio/:file"> = (c) => {
  const file = soundFile(c.req.param("file"));
  if (file === null) return problem("not_found", "There is no sound of this name.", c.var.requestId);
  return c.body(file, 200, { "content-type": "audio/wav", "cache-control": CACHE_CONTROL });
};
