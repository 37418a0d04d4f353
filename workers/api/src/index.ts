import { workerLogger } from "@earwitness/shared/log";
import { createApp } from "./app.ts";

const app = createApp(workerLogger("api"));

export default { fetch: app.fetch };
