import { writeFileSync } from "node:fs";
import path from "node:path";
import { livePage } from "./docs/live-page.ts";
import { REPOSITORY } from "./paths.ts";

/** `pnpm docs:live`: writes the pages of `docs/` that are made from code. */
writeFileSync(path.join(REPOSITORY, "docs/live.md"), livePage());
