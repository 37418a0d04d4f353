import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../paths.ts";
import type { Defence } from "./defences.ts";

/**
 * Copies the sources, as they are here, into `folder` and takes a defence out of the copy. Installed packages are the same ones; links
 * between our own packages stay within the copy. Throws when what is to be taken out is not there exactly once: then the code
 * has moved on, and the defence's entry must follow it.
 */
export function copyWithout(defence: Defence, folder: string): void {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: REPOSITORY,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  }).split("\0");
  const present = files.filter((file) => file !== "" && existsSync(path.join(REPOSITORY, file)));
  for (const file of present) cpSync(path.join(REPOSITORY, file), path.join(folder, file));
  const packages = present.filter((file) => path.basename(file) === "package.json").map((file) => path.dirname(file));
  for (const each of packages) linkPackages(each, folder);
  takeOut(defence, folder);
}

/** pnpm's links are relative: copied as links they lead to our packages in the copy, and through `.pnpm` to all others. */
function linkPackages(of: string, folder: string): void {
  const installed = path.join(REPOSITORY, of, "node_modules");
  if (!existsSync(installed)) return;
  const copy = path.join(folder, of, "node_modules");
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync(installed)) {
    const [from, to] = [path.join(installed, name), path.join(copy, name)];
    if (name === ".pnpm") symlinkSync(from, to);
    else if (!name.startsWith(".")) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

function takeOut({ name, file, find, replace }: Defence, folder: string): void {
  const target = path.join(folder, file);
  const source = readFileSync(target, "utf8");
  const times = source.split(find).length - 1;
  if (times !== 1) {
    throw new Error(`The defence ${name} cannot be taken out: ${file} has ${times} times what is to be replaced.`);
  }
  writeFileSync(
    target,
    source.replace(find, () => replace),
  );
}
