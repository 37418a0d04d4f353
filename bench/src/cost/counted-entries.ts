import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { workerEntry } from "@earwitness/tooling";

const counting = (file: string) => JSON.stringify(path.join(import.meta.dirname, "counting", file));

/**
 * Writes the modules that a call's workers are bundled from when their use of the platform is counted: the real worker, wrapped.
 * The API is left out, for nobody watches the call.
 */
export function writeCountedEntries(folder: string) {
  mkdirSync(folder, { recursive: true });
  const write = (name: "rooms" | "webhooks" | "jobs", lines: (entry: string) => string[]) => {
    const file = path.join(folder, `${name}.ts`);
    writeFileSync(file, lines(JSON.stringify(workerEntry(name))).join("\n"));
    return file;
  };
  const handler = (entry: string) => [
    `import worker from ${entry};`,
    `import { countedHandler } from ${counting("counted-handler.ts")};`,
    "export default countedHandler(worker);",
  ];
  return {
    rooms: write("rooms", (entry) => [
      `import worker, { CallRoom as Call, RateLimiter, WorkspaceRoom as Workspace } from ${entry};`,
      `import { watchTimersAndRequests } from ${counting("activity.ts")};`,
      `import { countedObject } from ${counting("counted-object.ts")};`,
      "watchTimersAndRequests();",
      "export default worker;",
      "export { RateLimiter };",
      "export const CallRoom = countedObject(Call);",
      "export const WorkspaceRoom = countedObject(Workspace);",
    ]),
    webhooks: write("webhooks", handler),
    jobs: write("jobs", (entry) => [`export * from ${entry};`, ...handler(entry)]),
  };
}
