export { readSettings, type Settings } from "./stack/bindings.ts";
export { findPort } from "./stack/ports.ts";
export { type Stack, type StackOptions, startStack } from "./stack/start-stack.ts";
export { WORKERS, type WorkerName } from "./stack/workers.ts";
