export type { EmulatorOptions, Emulators, EmulatorWebhooks } from "./options.ts";
export { startEmulators } from "./start.ts";
