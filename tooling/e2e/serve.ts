import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findPort } from "../src/stack/ports.ts";
import { startStack } from "../src/stack/start-stack.ts";
import { startPagesServer } from "../src/web/pages-server.ts";

/**
 * The product as the browser tests meet it: the whole stack and the exported web app as Pages serves it, with state of its
 * own. Prints one line of JSON with the addresses and runs until it is told to stop or its starter is gone.
 */
const stateFolder = mkdtempSync(path.join(tmpdir(), "earwitness-browser-"));
const port = await findPort();
const web = `http://localhost:${port}`;
const stack = await startStack({ stateFolder, appOrigin: web, emulators: { telnyx: { pace: 10 } } });
const pages = await startPagesServer({
  port,
  stateFolder,
  registryFolder: stack.registryFolder,
  guardian: stack.guardian,
});

let closing = false;
async function close() {
  if (closing) return;
  closing = true;
  await pages.close();
  await stack.close();
  rmSync(stateFolder, { recursive: true, force: true });
  process.exit(0);
}
process.on("SIGTERM", close);
process.on("SIGINT", close);
process.stdin.on("end", close).resume();

console.log(
  JSON.stringify({
    web,
    api: stack.urls.api,
    control: stack.emulators.control.url,
    numbers: stack.emulators.telnyx.numbers,
  }),
);
