import { AsyncLocalStorage } from "node:async_hooks";
import {
  configureSync,
  getConsoleSink,
  getJsonLinesFormatter,
  getLogger,
  type Logger,
  withContext,
} from "@logtape/logtape";
import { DEFAULT_REDACT_FIELDS, redactByField } from "@logtape/redaction";

/** Fields whose values never reach a log, besides the library's own list: bodies and addresses that carry tokens. */
const SECRET_FIELDS = [/authorization/i, /cookie/i, /signature/i, /api[-_]?key/i, /secret/i, /token/i, /^url$/i];

let configured = false;

/**
 * The logger of one worker: one JSON object a line, `properties` holding the request, call and workspace ids of the
 * surrounding `withLogContext`. Values of fields that name a secret are replaced.
 */
export function workerLogger(worker: string): Logger {
  if (!configured) {
    configured = true;
    configureSync({
      contextLocalStorage: new AsyncLocalStorage(),
      sinks: {
        out: redactByField(getConsoleSink({ formatter: getJsonLinesFormatter() }), {
          fieldPatterns: [...DEFAULT_REDACT_FIELDS, ...SECRET_FIELDS],
          action: () => "[redacted]",
        }),
      },
      loggers: [
        { category: ["earwitness"], lowestLevel: "info", sinks: ["out"] },
        { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["out"] },
      ],
    });
  }
  return getLogger(["earwitness", worker]);
}

/** What every line of a request's or a call's work carries. */
export interface LogContext {
  readonly requestId?: string;
  readonly callId?: string;
  readonly workspaceId?: string;
  readonly room?: string;
  readonly jobId?: string;
}

/** Runs `work` so that every line logged within carries `context`. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return withContext({ ...context }, work);
}

/** An error as fields of a log line: its name, code and message, never its properties or its request. */
export function errorFields(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { error: `${error.name}: ${error.message}`, ...code };
}

export type { Logger };
