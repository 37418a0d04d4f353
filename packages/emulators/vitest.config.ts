import { defineConfig } from "vitest/config";

// Calls pass in real time, if quickly: a busy machine needs patience, not other results.
export default defineConfig({ test: { name: "emulators", testTimeout: 30_000, hookTimeout: 30_000 } });
