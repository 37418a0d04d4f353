import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { describeAddresses } from "./dev/addresses.ts";
import { lockState } from "./dev/lock.ts";
import { choosePorts } from "./dev/ports.ts";
import { showProgress } from "./dev/progress.ts";
import { REPOSITORY, STATE_FOLDER } from "./paths.ts";
import { startGuardian } from "./processes/guardian.ts";
import { endLedger } from "./processes/ledger.ts";
import { requestSignInLink } from "./session/sign-in.ts";
import { readSettings, realVendors } from "./stack/bindings.ts";
import { startCronTimer } from "./stack/cron-timer.ts";
import { startStack } from "./stack/start-stack.ts";
import { startNextServer } from "./web/next-server.ts";

/**
 * `pnpm dev`: the whole product on this machine, until Ctrl-C. `--fresh` forgets everything that earlier runs kept.
 * Settings come from the shell and from `.env`.
 */
const { values: flags } = parseArgs({ options: { fresh: { type: "boolean", default: false } } });
const begun = performance.now();
const progress = showProgress(process.stdout);
const closers: (() => Promise<void> | void)[] = [];

/** One Ctrl-C may reach us twice, from the terminal and through the package manager; only a later one is a second. */
const IMPATIENCE_MS = 1_000;

let closing: Promise<void> | undefined;
function close(): Promise<void> {
  closing ??= (async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  })();
  return closing;
}

let stoppingSince: number | undefined;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    // Asked again: at once. The guardian ends what is left.
    if (stoppingSince !== undefined && performance.now() - stoppingSince > IMPATIENCE_MS) process.exit(130);
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    progress.say("Stopping.");
    void close().then(() => process.exit(0));
  });
}

try {
  await run();
} catch (error) {
  await close();
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function run(): Promise<void> {
  const envFile = path.join(REPOSITORY, ".env");
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const settings = readSettings(process.env);

  const { ports, moved } = await choosePorts();
  const web = `http://localhost:${ports.web}`;
  closers.push(lockState(STATE_FOLDER, web));
  if (flags.fresh) {
    await endLedger(path.join(STATE_FOLDER, "processes.json"));
    rmSync(STATE_FOLDER, { recursive: true, force: true });
    closers.splice(0);
    closers.push(lockState(STATE_FOLDER, web));
  }
  for (const sentence of moved) progress.say(`  ${sentence}`);

  const guardian = await startGuardian(STATE_FOLDER);
  closers.push(() => guardian.release());
  progress.begin("web");
  const webServer = startNextServer({
    port: ports.web,
    apiUrl: `http://127.0.0.1:${ports.api}`,
    stateFolder: STATE_FOLDER,
    guardian,
  });
  closers.push(async () => (await webServer.catch(() => undefined))?.close());

  const stack = await startStack({
    stateFolder: STATE_FOLDER,
    settings,
    guardian,
    ports: { api: ports.api, webhooks: ports.webhooks, storage: ports.storage },
    emulators: { ports: { control: ports.phone } },
    appOrigin: web,
    onStage: (name, state) => (state === "begun" ? progress.begin(name) : progress.done(name)),
    onLog: (line) => progress.say(line),
  });
  closers.push(() => stack.close());
  closers.push(
    startCronTimer(
      stack.crons,
      (expression) => stack.cron(expression),
      (expression, error) => progress.say(`The cron ${expression} failed: ${String(error)}`),
    ),
  );
  await webServer;
  progress.done("web");

  await stack.watch((worker, errors) =>
    progress.say(errors.length > 0 ? errors.join("\n") : `  ${worker} is loaded again`),
  );
  const real = realVendors(settings);
  const signInLink = real.has("resend")
    ? undefined
    : await requestSignInLink({
        apiUrl: stack.urls.api,
        mailboxUrl: stack.emulators.control.url,
        email: "you@example.com",
      });
  progress.say(
    describeAddresses({
      web,
      api: stack.urls.api,
      phone: stack.emulators.control.url,
      signInLink,
      numbers: stack.emulators.telnyx.numbers,
      real,
      seconds: (performance.now() - begun) / 1000,
    }),
  );
}
