import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The Chromium to test with: `CHROME`, else one that is installed, else the one from npm with, where the system lacks
 * them, the libraries that come with it. Nothing is downloaded. Throws when this platform has none.
 */
export async function findChromium(): Promise<string> {
  const installed = [process.env.CHROME, ...INSTALLED].find((file) => file && existsSync(file));
  if (installed) return installed;
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("The browser tests need Chromium. Install one, or set CHROME to its path.");
  }
  const { default: chromium, inflate, setupLambdaEnvironment } = await import("@sparticuz/chromium");
  const executable = await chromium.executablePath();
  if (spawnSync(executable, ["--version"]).status !== 0) {
    const archives = path.join(path.dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "../bin");
    const libraries = await inflate(path.join(archives, "al2023.tar.br"));
    // Sets LD_LIBRARY_PATH for the processes that this one starts.
    setupLambdaEnvironment(path.join(libraries, "lib"));
  }
  return executable;
}
