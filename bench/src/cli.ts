import { parseArgs } from "node:util";
import { benchDoor } from "./door/bench-door.ts";
import { describeDoor } from "./door/describe-door.ts";
import { benchExport } from "./export/bench-export.ts";
import { describeExport } from "./export/describe-export.ts";
import { benchIngest } from "./ingest/bench-ingest.ts";
import { describeIngest } from "./ingest/describe-ingest.ts";
import { benchLists } from "./lists/bench-lists.ts";
import { describeLists } from "./lists/describe-lists.ts";
import { benchLive } from "./live/bench-live.ts";
import { describeLive } from "./live/describe-live.ts";
import { benchMediaSocket } from "./media-socket/bench-media-socket.ts";
import { describeMediaSocket } from "./media-socket/describe-media-socket.ts";
import { benchPipeline } from "./pipeline/bench-pipeline.ts";
import { describePipeline } from "./pipeline/describe-pipeline.ts";

const USAGE = `Usage: pnpm bench door         [--json] [--calls N] [--concurrency N]
       pnpm bench export       [--json] [--rows N]
       pnpm bench ingest       [--json] [--megabytes N]
       pnpm bench lists        [--json] [--calls N] [--rounds N] [--write]
       pnpm bench live         [--json] [--calls N] [--seconds N]
       pnpm bench media-socket [--json] [--calls N] [--seconds N]
       pnpm bench pipeline     [--json] [--calls N]`;

/** With `--json`, standard output holds one JSON document and nothing else. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    calls: { type: "string" },
    concurrency: { type: "string" },
    megabytes: { type: "string" },
    rows: { type: "string" },
    seconds: { type: "string" },
    rounds: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
/** What a large record is compared with. */
const SMALL_RECORD = 10_000;
const tell = (line: string) => console.error(line);

const benches: Record<string, () => Promise<{ result: object; text: string }>> = {
  async door() {
    const result = await benchDoor({
      callsPerRound: count(values.calls, 300),
      concurrency: count(values.concurrency, 16),
      tell,
    });
    return { result, text: describeDoor(result) };
  },
  async export() {
    const result = await benchExport({ rows: count(values.rows, 1_000_000), tell });
    return { result, text: describeExport(result) };
  },
  async ingest() {
    const result = await benchIngest({ sizeMB: count(values.megabytes, 2_000), tell });
    return { result, text: describeIngest(result) };
  },
  async lists() {
    const result = await benchLists({
      sizes: [SMALL_RECORD, count(values.calls, 1_000_000)],
      rounds: count(values.rounds, 200),
      writesPlans: values.write,
      tell,
    });
    return { result, text: describeLists(result) };
  },
  async live() {
    const result = await benchLive({ calls: count(values.calls, 50), seconds: count(values.seconds, 20), tell });
    return { result, text: describeLive(result) };
  },
  async "media-socket"() {
    const result = await benchMediaSocket({ calls: count(values.calls, 50), seconds: count(values.seconds, 20), tell });
    return { result, text: describeMediaSocket(result) };
  },
  async pipeline() {
    const result = await benchPipeline({ calls: count(values.calls, 30), tell });
    return { result, text: describePipeline(result) };
  },
};

const bench = positionals.length === 1 ? benches[positionals[0] ?? ""] : undefined;
if (bench === undefined) refuse();
const { result, text } = await bench();
console.log(values.json ? JSON.stringify(result) : text);

function count(given: string | undefined, otherwise: number): number {
  const counted = given === undefined ? otherwise : Number(given);
  return Number.isInteger(counted) && counted > 0 ? counted : refuse();
}

function refuse(): never {
  console.error(USAGE);
  process.exit(2);
}
