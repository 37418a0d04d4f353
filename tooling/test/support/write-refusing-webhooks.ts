import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { workerEntry } from "../../src/stack/bundle.ts";

/** Writes the module that webhooks is bundled from where its bindings are to refuse: the real worker, with a switch before it. */
export function writeRefusingWebhooks(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "webhooks.ts");
  const bindings = JSON.stringify(path.join(import.meta.dirname, "refusing-bindings.ts"));
  writeFileSync(
    file,
    [
      `import worker from ${JSON.stringify(workerEntry("webhooks"))};`,
      `import { envNow, REFUSAL_PATH, setRefusal } from ${bindings};`,
      "export default {",
      "  fetch: (request, env, ctx) =>",
      "    new URL(request.url).pathname === REFUSAL_PATH ? setRefusal(request) : worker.fetch(request, envNow(env), ctx),",
      "};",
    ].join("\n"),
  );
  return file;
}
