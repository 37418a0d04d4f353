/** A font's bytes: a data module of the worker (`rules` of wrangler.toml). */
declare module "*.ttf" {
  const bytes: ArrayBuffer;
  export default bytes;
}

/** Compiled code. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
