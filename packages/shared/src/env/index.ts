export { binding } from "./binding.ts";
export { oncePerEnv } from "./once-per-env.ts";
export { origin } from "./origin.ts";
export { parseEnv } from "./parse-env.ts";
