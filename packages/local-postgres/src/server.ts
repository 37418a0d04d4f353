import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findBinaries } from "./binaries.ts";
import { enterDataFolder, prepareDataFolder } from "./data-folder.ts";
import { stopLeftover } from "./leftover.ts";

/** After a kill -9 the old backends hold the cluster for about half a second and the new postmaster exits at once. */
const START_ATTEMPTS = 8;
/** Ports that no outgoing connection is given, on Linux (from 32768) or macOS (from 49152). */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 10_000;

/** A Postgres of our own on the loopback interface. Every login is trusted: nothing else can reach it. */
export interface PostgresServer {
  readonly port: number;
  /** A connection string for `role`. Hyperdrive insists on a password, so there is one that nobody checks. */
  url(database: string, role: string): string;
  /** Starts it again on the same port after `stop` or `kill`. */
  start(): Promise<void>;
  /** Ends sessions and shuts down in order. Does nothing when it is stopped. */
  stop(): Promise<void>;
  /** kill -9, as a crash of the machine would: what was committed stays. */
  kill(): Promise<void>;
}

/**
 * Starts Postgres 17 over `dataFolder` (made when missing) on `port`, or on a free one.
 * A server that a killed process left running over the same folder is stopped first.
 * Its log goes to `<dataFolder>.log`. Throws with the log's last lines when it does not come up.
 */
export async function startPostgres(options: {
  dataFolder: string;
  port?: number;
  /** Hears the process id at each start, also after `stop` or `kill`. */
  onStart?: (pid: number) => void;
}): Promise<PostgresServer> {
  const { dataFolder } = options;
  prepareDataFolder(dataFolder);
  await stopLeftover(dataFolder);
  const anyPort = () => options.port ?? randomInt(LOWEST_PORT, HIGHEST_PORT);
  let port = anyPort();
  let isPortKnown = false;
  let running: ChildProcess | undefined;

  const server: PostgresServer = {
    get port() {
      return port;
    },
    url: (database, role) => `postgresql://${role}:local@127.0.0.1:${port}/${database}`,
    async start() {
      for (let attempt = 1; running === undefined; attempt++) {
        const child = spawnPostmaster(dataFolder, port);
        if (await comesUp(child, dataFolder)) {
          running = child;
          isPortKnown = true;
          if (child.pid !== undefined) options.onStart?.(child.pid);
        } else if (attempt === START_ATTEMPTS) {
          throw new Error(
            `Postgres did not start on port ${port}. ${dataFolder}.log ends with:\n${logTail(dataFolder)}`,
          );
        } else {
          // Somebody may have the port; once it has been told to anyone, it stays.
          if (!isPortKnown) port = anyPort();
          await sleep(150 * attempt);
        }
      }
    },
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
  };

  /** SIGINT is Postgres's "fast shutdown": sessions are ended, everything is written, then it exits. */
  async function end(signal: "SIGINT" | "SIGKILL"): Promise<void> {
    const child = running;
    running = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
    await exited;
    clearTimeout(timer);
  }

  await server.start();
  return server;
}

function spawnPostmaster(dataFolder: string, port: number): ChildProcess {
  const entry = enterDataFolder(dataFolder);
  const log = openSync(`${dataFolder}.log`, "a");
  try {
    return spawn(
      findBinaries().postgres,
      [
        ["-D", entry.argument],
        ["-p", String(port)],
        ["-k", ""],
        ["-c", "listen_addresses=127.0.0.1"],
        ["-c", "max_connections=200"],
        // A commit survives the death of any process; only a power cut could lose it, and then the folder is expendable.
        ["-c", "fsync=off"],
      ].flat(),
      // Its own process group: a Ctrl-C in the terminal must not stop the database before those who use it.
      { ...entry.account, cwd: "/", detached: true, stdio: ["ignore", log, log, entry.descriptor] },
    );
  } finally {
    closeSync(log);
    entry.close();
  }
}

async function comesUp(child: ChildProcess, dataFolder: string): Promise<boolean> {
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  const deadline = Date.now() + START_DEADLINE_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (failure !== undefined) throw new Error(`Postgres could not be started: ${failure.message}`);
    if (saysReady(dataFolder, child.pid)) return true;
    await sleep(25);
  }
  child.kill("SIGKILL");
  return false;
}

/**
 * Whether the postmaster `pid` accepts connections, by the pid file's first and eighth line, as pg_ctl does it.
 * A connection would not tell: another server may hold the same port.
 */
function saysReady(dataFolder: string, pid: number | undefined): boolean {
  const pidFile = path.join(dataFolder, "postmaster.pid");
  if (!existsSync(pidFile)) return false;
  const lines = readFileSync(pidFile, "utf8").split("\n");
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

function logTail(dataFolder: string): string {
  return readFileSync(`${dataFolder}.log`, "utf8").trim().split("\n").slice(-12).join("\n");
}
