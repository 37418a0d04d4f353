import { CallId } from "@earwitness/shared";
import { z } from "zod";

/** What the report of a call is about. */
export const CallOfExport = z.object({ callId: CallId });
