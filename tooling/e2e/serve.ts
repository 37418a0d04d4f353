import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openWorkspace } from "../src/session/open-workspace.ts";
import { findPort } from "../src/stack/ports.ts";
import { startStack } from "../src/stack/start-stack.ts";
import { startPagesServer } from "../src/web/pages-server.ts";
import { OWNER } from "./addresses.ts";

/**
 * The product as the browser tests meet it: the whole stack and the exported web app as Pages serves it, with state of its
 * own. Prints one line of JSON with the addresses and runs until it is told to stop or its starter is gone.
 */
const stateFolder = mkdtempSync(path.join(tmpdir(), "earwitness-browser-"));
const closers: (() => Promise<void> | void)[] = [() => rmSync(stateFolder, { recursive: true, force: true })];

async function close(): Promise<void> {
  for (const closer of closers.splice(0).reverse()) await closer();
}
const closeAndExit = () => void close().then(() => process.exit(0));
process.on("SIGTERM", closeAndExit);
process.on("SIGINT", closeAndExit);
process.stdin.on("end", closeAndExit).resume();

try {
  const port = await findPort();
  const web = `http://localhost:${port}`;
  const stack = await startStack({ stateFolder, appOrigin: web, emulators: { telnyx: { pace: 10 } } });
  closers.push(() => stack.close());
  const { registryFolder, guardian, urls, emulators, databaseUrl } = stack;
  const pages = await startPagesServer({ port, stateFolder, registryFolder, guardian });
  closers.push(() => pages.close());

  // The carrier's numbers go to the first workspace: the owner's, whichever test runs first.
  const control = emulators.control.url;
  await openWorkspace({ apiUrl: urls.api, appOrigin: web, mailboxUrl: control, email: OWNER });
  console.log(JSON.stringify({ web, api: urls.api, control, databaseUrl, numbers: emulators.telnyx.numbers }));
} catch (error) {
  console.error(error);
  await close();
  process.exit(1);
}
