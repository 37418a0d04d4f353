import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { workerEntry } from "../../stack/bundle.ts";
import type { WorkerName } from "../../stack/workers.ts";

const FAULTY = JSON.stringify(path.join(import.meta.dirname, "faulty-worker.ts"));

/** Writes the modules that two workers are bundled from in a run with faults: the real worker, with the rig's door beside it. */
export function writeFaultyEntries(folder: string): Partial<Record<WorkerName, string>> {
  mkdirSync(folder, { recursive: true });
  const write = (name: "rooms" | "jobs", lines: (entry: string) => string[]) => {
    const file = path.join(folder, `${name}.ts`);
    writeFileSync(file, lines(JSON.stringify(workerEntry(name))).join("\n"));
    return file;
  };
  return { jobs: write("jobs", jobsEntry), rooms: write("rooms", roomsEntry) };
}

const jobsEntry = (entry: string) => [
  `import worker from ${entry};`,
  `import { DOOR_PATH, faultDoor, faultyEnv, faultyQueue } from ${FAULTY};`,
  `export * from ${entry};`,
  "const queue = faultyQueue(worker.queue);",
  "export default {",
  "  fetch: (request, env, ctx) =>",
  "    new URL(request.url).pathname === DOOR_PATH ? faultDoor(request) : worker.fetch(request, faultyEnv(env), ctx),",
  "  scheduled: (controller, env, ctx) => worker.scheduled(controller, faultyEnv(env), ctx),",
  "  queue,",
  "};",
];

/** `POST /faults/reset {oneIn}` resets that share of the calls' objects that live in the isolate. */
const roomsEntry = (entry: string) => [
  `import worker, { CallRoom as Room } from ${entry};`,
  `import { DOOR_PATH, faultDoor, faultyEnv, RESET_PATH } from ${FAULTY};`,
  `export * from ${entry};`,
  "const living = new Set();",
  "export class CallRoom extends Room {",
  "  constructor(ctx, env) {",
  "    super(ctx, faultyEnv(env));",
  "    living.add(ctx.id.name);",
  "  }",
  "  resetNow() {",
  "    living.delete(this.ctx.id.name);",
  '    this.ctx.abort("Reset by the fault rig.");',
  "  }",
  "}",
  "export default {",
  "  async fetch(request, env, ctx) {",
  "    const { pathname } = new URL(request.url);",
  "    if (pathname === DOOR_PATH) return faultDoor(request);",
  "    if (pathname !== RESET_PATH) return worker.fetch(request, faultyEnv(env), ctx);",
  "    const { oneIn } = await request.json();",
  "    const rooms = [...living].filter((_, n) => n % oneIn === 0);",
  "    await Promise.allSettled(rooms.map((room) => env.CALL_ROOM.getByName(room).resetNow()));",
  "    return Response.json({ reset: rooms.length });",
  "  },",
  "};",
];
