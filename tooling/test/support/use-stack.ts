import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type CarrierCall, readCarrierCall, ringIn } from "../../src/demo/carrier.ts";
import { type OpenWorkspace, openWorkspace } from "../../src/session/open-workspace.ts";
import { type Stack, type StackOptions, startStack } from "../../src/stack/start-stack.ts";

export { eventually } from "../../src/session/eventually.ts";

/** The running product, and what tests do with it again and again. */
export interface Product {
  readonly stack: Stack;
  /** Signs somebody in, with a workspace whose numbers take calls. Everyone is somebody new unless `email` says who. */
  openWorkspace(email?: string): Promise<OpenWorkspace>;
  /** Has the emulated carrier ring in (`from`, `to`, `script`, …). Returns the carrier's id of the call. */
  ringIn(call?: Record<string, unknown>): Promise<string>;
  /** What the emulated carrier knows of a call. */
  carrierCall(callSessionId: string): Promise<CarrierCall>;
  /** Asks the emulators' control door, such as `POST /faults`. Throws unless the answer is 2xx. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

/**
 * Starts the whole stack before the file's tests and stops it after them. Calls pass ten times faster than life unless
 * `options` say otherwise. Nothing sleeps for a fixed time: wait with `eventually`.
 */
export function useStack(options: Partial<StackOptions> = {}): Product {
  let stack: Stack | undefined;
  const stateFolder = mkdtempSync(path.join(tmpdir(), "earwitness-stack-test-"));
  beforeAll(async () => {
    stack = await startStack({ stateFolder, emulators: { telnyx: { pace: 10 } }, ...options });
  });
  afterAll(async () => {
    await stack?.close();
    rmSync(stateFolder, { recursive: true, force: true });
  });
  const running = () => {
    if (stack === undefined) throw new Error("The stack does not run: use it inside of tests only");
    return stack;
  };
  return {
    get stack() {
      return running();
    },
    openWorkspace: (email = `person-${crypto.randomUUID()}@example.com`) =>
      openWorkspace({
        apiUrl: running().urls.api,
        appOrigin: options.appOrigin ?? running().urls.api,
        mailboxUrl: running().emulators.control.url,
        email,
      }),
    ringIn: (call = {}) => ringIn(running().emulators.control.url, { script: "short", ...call }),
    carrierCall: (callSessionId) => readCarrierCall(running().emulators.control.url, callSessionId),
    async control(method, path, body) {
      const response = await fetch(`${running().emulators.control.url}${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
  };
}
