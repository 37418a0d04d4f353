import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";

/** Takes what the workers print, line by line. */
export type LogSink = (level: string, line: string) => void;

/** Writes the workers' lines to `file`, and those at warning or above to `alsoShow` too. */
export function logToFile(file: string, alsoShow?: (line: string) => void): { sink: LogSink; close: () => void } {
  mkdirSync(path.dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: "a" });
  return {
    sink(level, line) {
      stream.write(`${line}\n`);
      if (level === "error" || level === "warn") alsoShow?.(line);
    },
    close: () => stream.end(),
  };
}
