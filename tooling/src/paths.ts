import path from "node:path";

/** The checkout's root. */
export const REPOSITORY = path.join(import.meta.dirname, "../..");
/** Everything that a local run keeps: ignored by git, removed by `--fresh`. */
export const STATE_FOLDER = path.join(REPOSITORY, ".earwitness");
export const MIGRATIONS = path.join(REPOSITORY, "drizzle");
export const WEB_APP = path.join(REPOSITORY, "apps/web");
/** The web app's static export. */
export const WEB_EXPORT = path.join(WEB_APP, "out");
