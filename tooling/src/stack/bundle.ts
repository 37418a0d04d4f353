import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { type BuildContext, type BuildOptions, build, context, type Plugin } from "esbuild";
import { REPOSITORY } from "../paths.ts";
import { forEachWorker, WORKERS, type WorkerName } from "./workers.ts";

/** All workers, bundled as `wrangler deploy` would, and bundled again when a file of theirs changes. */
export interface Bundles {
  /** The bundle's file for each worker. */
  files: Record<WorkerName, string>;
  /** Calls `onChange` after each rebuild with the errors, which are empty when it may be loaded. */
  watch(onChange: (worker: WorkerName, errors: string[]) => void): Promise<void>;
  close(): Promise<void>;
}

/** Bundles all workers into `folder`, from their own entries or from `entries`. Throws with esbuild's own account of what is wrong. */
export async function bundleWorkers(
  folder: string,
  entries: Partial<Record<WorkerName, string>> = {},
): Promise<Bundles> {
  const listeners: ((worker: WorkerName, errors: string[]) => void)[] = [];
  const contexts: BuildContext[] = [];
  const files = forEachWorker((worker) => path.join(folder, worker, "index.js"));
  for (const worker of WORKERS) {
    const onBuilt = (errors: string[]) => {
      for (const listener of listeners) listener(worker, errors);
    };
    contexts.push(await workerContext(entries[worker] ?? workerEntry(worker), files[worker], onBuilt));
  }
  try {
    await Promise.all(contexts.map((each) => each.rebuild()));
  } catch (error) {
    await Promise.all(contexts.map((each) => each.dispose()));
    throw error;
  }
  return {
    files,
    async watch(onChange) {
      listeners.push(onChange);
      for (const each of contexts) await each.watch();
    },
    async close() {
      await Promise.all(contexts.map((each) => each.dispose()));
    },
  };
}

/** Where a worker's own sources begin. */
export function workerEntry(worker: WorkerName): string {
  return path.join(REPOSITORY, "workers", worker, "src/index.ts");
}

function workerContext(entry: string, outfile: string, onBuilt: (errors: string[]) => void): Promise<BuildContext> {
  let last: string | undefined;
  const reporter: Plugin = {
    name: "reporter",
    setup(build) {
      build.onEnd(({ errors }) => {
        // Watching begins with a build of its own, and many an edit changes nothing that is bundled.
        const now = errors.length > 0 ? JSON.stringify(errors) : readFileSync(outfile, "utf8");
        if (now !== last) onBuilt(errors.map(({ location, text }) => `${location?.file}:${location?.line} ${text}`));
        last = now;
      });
    },
  };
  const settings = bundleSettings(entry, outfile);
  return context({ ...settings, plugins: [...settings.plugins, reporter] });
}

/** Bundles one worker that is not among ours, such as a benchmark's, by the same settings. */
export async function bundleWorker(entry: string, outfile: string): Promise<void> {
  await build(bundleSettings(entry, outfile));
}

/** What wrangler makes modules of by the rules of wrangler.toml and its own. Here they are copied to the bundle's side. */
const COPIED = new Map([
  [".ttf", "Data"],
  [".wasm", "CompiledWasm"],
] as const);

/** A bundle's modules as Miniflare takes them: the bundle itself, then what it imports of what was copied, now or before. */
export function modulesOf(bundle: string) {
  const folder = path.dirname(bundle);
  const source = readFileSync(bundle, "utf8");
  const imported = readdirSync(folder).filter((name) => source.includes(`"./${name}"`));
  const copied = imported.flatMap((name) =>
    [...COPIED]
      .filter(([ending]) => name.endsWith(ending))
      .map(([, type]) => ({ type, path: path.join(folder, name) })),
  );
  return [{ type: "ESModule" as const, path: bundle }, ...copied];
}

function bundleSettings(entry: string, outfile: string) {
  return {
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2024",
    platform: "neutral",
    mainFields: ["browser", "module", "main"],
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*", "cloudflare:*", "pg-native"],
    // As wrangler.toml of jobs has it, where it is said why.
    define: { "import.meta.url": "'file:///worker.js'" },
    loader: Object.fromEntries([...COPIED.keys()].map((ending) => [ending, "copy"] as const)),
    sourcemap: true,
    logLevel: "silent",
    plugins: [nodeBuiltins],
  } satisfies BuildOptions;
}

/**
 * Leaves Node's builtin modules to the runtime, also under their bare names, and turns a CommonJS `require` of one,
 * which has no meaning in an ES module, into an import.
 */
const nodeBuiltins: Plugin = {
  name: "node-builtins",
  setup(build) {
    const bare = new RegExp(`^(node:)?(${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`);
    build.onResolve({ filter: bare }, ({ path: name, kind }) => {
      const module = name.startsWith("node:") ? name : `node:${name}`;
      return kind === "require-call"
        ? { path: module, namespace: "required-builtin" }
        : { path: module, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: "required-builtin" }, ({ path: module }) => ({
      contents: `import builtin from ${JSON.stringify(module)}; module.exports = builtin;`,
      loader: "js",
    }));
  },
};
