import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./chromium.ts";

const executablePath = await findChromium();

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: "**/*.e2e.ts",
  globalSetup: path.join(import.meta.dirname, "set-up.ts"),
  outputDir: path.join(import.meta.dirname, "../../test-results"),
  // Everyone shares one product on two cores; each test signs in as somebody new, so none sees another's calls.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    launchOptions: {
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
    },
    trace: "retain-on-failure",
  },
});
