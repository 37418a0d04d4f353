import { Hono } from "hono";
import { z } from "zod";
import type { NodeBindings } from "../../http/listen.ts";
import type { Carrier } from "../carrier.ts";
import type { Leg } from "../leg/leg.ts";
import { checkList, filtersOf, instantFilters, pageOf, withinInstant } from "../paging.ts";
import { problems } from "../problem.ts";
import { fileOf } from "../recordings/file.ts";
import { recordedInterval } from "../recordings/record.ts";
import type { Recording } from "../recordings/recording.ts";
import { readBody } from "../validate.ts";

const DeleteBody = z.strictObject({ ids: z.array(z.string()).min(1) });

const LIST = {
  emulated: [
    "filter[call_control_id]",
    "filter[call_leg_id]",
    "filter[call_session_id]",
    "filter[conference_id]",
    "filter[connection_id]",
    "filter[from]",
    "filter[to]",
    ...instantFilters("created_at", "gte", "lte"),
    ...instantFilters("start_time", "gte", "lte"),
    ...instantFilters("end_time", "gte", "lte"),
  ],
  unemulated: ["filter[sip_call_id]", "filter[conference_region]"],
};

export function recordingRoutes(carrier: Carrier): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();

  app.get("/recordings", (c) => {
    const query = new URL(c.req.url).searchParams;
    checkList(query, LIST);
    const filters = filtersOf(query);
    const { data, meta } = pageOf(
      carrier.recordings((leg) => isOfLeg(leg, filters)).filter((recording) => passes(recording, filters)),
      query,
    );
    return c.json({ data: data.map((recording) => viewOf(carrier, recording)), meta });
  });

  app.get("/recordings/:id", (c) => c.json({ data: viewOf(carrier, find(carrier, c.req.param("id"))) }));

  app.delete("/recordings/:id", (c) => {
    const recording = find(carrier, c.req.param("id"));
    const data = viewOf(carrier, recording);
    recording.isDeleted = true;
    return c.json({ data });
  });

  app.post("/recordings/actions/delete", async (c) => {
    const { ids } = await readBody(c.req.raw, DeleteBody);
    for (const recording of ids.map((id) => find(carrier, id))) recording.isDeleted = true;
    return c.json({ status: "ok" });
  });

  return app;
}

function find(carrier: Carrier, id: string): Recording {
  const recording = carrier.findRecording((candidate) => candidate === id);
  if (recording === undefined) throw problems.notFound();
  return recording;
}

function isOfLeg(leg: Leg, filters: ReadonlyMap<string, string>): boolean {
  const equal: Readonly<Record<string, string>> = {
    call_control_id: leg.controlId,
    call_leg_id: leg.legId,
    call_session_id: leg.sessionId,
    connection_id: leg.connectionId,
    from: leg.from,
    to: leg.to,
  };
  return Object.entries(equal).every(([name, value]) => (filters.get(name) ?? value) === value);
}

function passes(recording: Recording, filters: ReadonlyMap<string, string>): boolean {
  const { startedAt, endedAt } = recordedInterval(recording);
  return (
    !filters.has("conference_id") &&
    withinInstant(filters, "created_at", recording.savedAt ?? "") &&
    withinInstant(filters, "start_time", startedAt) &&
    withinInstant(filters, "end_time", endedAt)
  );
}

function viewOf(carrier: Carrier, recording: Recording): object {
  const { leg, options } = recording;
  const { startedAt, endedAt } = recordedInterval(recording);
  return {
    record_type: "recording",
    id: recording.id,
    status: "completed",
    source: "call",
    initiated_by: options.initiatedBy,
    call_control_id: leg.controlId,
    call_leg_id: leg.legId,
    call_session_id: leg.sessionId,
    conference_id: null,
    connection_id: leg.connectionId,
    from: leg.from,
    to: leg.to,
    channels: options.channels,
    duration_millis: fileOf(recording).durationMs,
    download_urls: { wav: carrier.downloadUrl(recording) },
    recording_started_at: startedAt,
    recording_ended_at: endedAt,
    created_at: recording.savedAt,
    updated_at: recording.savedAt,
  };
}
