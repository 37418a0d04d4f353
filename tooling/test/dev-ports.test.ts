import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { choosePorts } from "../src/dev/ports.ts";

const held: Server[] = [];
afterEach(() => {
  for (const server of held.splice(0)) server.close();
});

/** Takes a port as another program would; one that is taken already serves as well. */
function take(port: number): Promise<void> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve());
    server.listen(port, "127.0.0.1", () => {
      held.push(server);
      resolve();
    });
  });
}

it("names every port that is taken and moves past it, each to a port of its own", async () => {
  for (const port of [3000, 8787, 8788, 8789, 8790]) await take(port);
  const { ports, moved } = await choosePorts();
  expect(moved).toHaveLength(5);
  expect(moved[0]).toContain("3000");
  expect(new Set(Object.values(ports)).size).toBe(5);
});
