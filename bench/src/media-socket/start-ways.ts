import path from "node:path";
import { bundleWorker, findPort, type Guardian, logToFile, startRuntime } from "@earwitness/tooling";
import type { V4WorkerOptions } from "miniflare";
import { runtimePid } from "../media/runtime-process.ts";
import type { RoomWay } from "./ways.ts";

const COMPATIBILITY_DATE = "2026-11-01";
const ROOM_CLASSES: Record<string, string> = {
  ACCEPTING: "AcceptingRoom",
  HIBERNATING: "HibernatingRoom",
  HANDED: "HandedRoom",
};

/** The compared workers, running. */
export interface Ways {
  /** Where the carrier opens a call's socket. */
  doorUrl: string;
  /** The processes of the door and of the rooms: one and the same unless they were started apart. */
  pids: { door: number; rooms: number };
  ask(way: RoomWay, call: number, what: "count" | "reset"): Promise<unknown>;
  /** kill -9 of the door's process, which starts again by itself. Only where the two were started apart. */
  killDoor(): void;
  close(): Promise<void>;
}

export interface WaysOptions {
  folder: string;
  transcriberUrl: string;
  guardian: Guardian;
  /** Whether the door and the rooms run in a workerd each, as two deployed workers may be restarted one without the other. */
  apart: boolean;
}

/** Starts the door and the three rooms on a workerd that nobody has used yet. */
export async function startWays(options: WaysOptions): Promise<Ways> {
  const { folder, transcriberUrl } = options;
  const log = logToFile(path.join(folder, "workers.log"));
  const doorPort = await findPort();
  const doorUrl = `http://127.0.0.1:${doorPort}`;
  const rooms = await worker("rooms", folder, {
    bindings: { TRANSCRIBER_URL: transcriberUrl },
    durableObjects: objects((className) => ({ className, useSQLite: true })),
  });
  const door = await worker("door", folder, {
    bindings: { TRANSCRIBER_URL: transcriberUrl },
    durableObjects: objects((className) => ({ className, scriptName: "spike-rooms" })),
    unsafeDirectSockets: [{ host: "127.0.0.1", port: doorPort }],
  });
  const run = async (name: string, workers: V4WorkerOptions[], healthUrls: Record<string, string>) =>
    startRuntime({
      workers,
      port: await findPort(),
      storageFolder: path.join(folder, "storage", name),
      registryFolder: path.join(folder, "registry"),
      healthUrls,
      guardian: options.guardian,
      log: log.sink,
    });
  const healthUrls = { door: `${doorUrl}/health` };
  const runtimes = options.apart ? [await run("rooms", [rooms], {})] : [];
  const roomsPid = options.apart ? runtimePid() : null;
  runtimes.push(await run("door", options.apart ? [door] : [door, rooms], healthUrls));
  const pids = { door: runtimePid(), rooms: roomsPid ?? runtimePid() };
  return {
    doorUrl,
    pids,
    async ask(way, call, what) {
      const response = await fetch(`${doorUrl}/${way}/${call}/${what}`);
      if (!response.ok) throw new Error(`${what} was answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
    killDoor() {
      if (!options.apart) throw new Error("The door and the rooms are one process");
      process.kill(pids.door, "SIGKILL");
    },
    async close() {
      for (const runtime of runtimes.toReversed()) await runtime.close();
      log.close();
    },
  };
}

function objects<T>(make: (className: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(ROOM_CLASSES).map(([binding, className]) => [binding, make(className)]));
}

async function worker(name: string, folder: string, rest: Partial<V4WorkerOptions>): Promise<V4WorkerOptions> {
  const scriptPath = path.join(folder, "bundles", name, "index.js");
  await bundleWorker(path.join(import.meta.dirname, "workers", `${name}.ts`), scriptPath);
  return {
    ...rest,
    name: `spike-${name}`,
    modules: true,
    scriptPath,
    modulesRoot: path.dirname(scriptPath),
    compatibilityDate: COMPATIBILITY_DATE,
    compatibilityFlags: ["nodejs_compat"],
  };
}
