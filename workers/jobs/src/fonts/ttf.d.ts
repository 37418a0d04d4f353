/** A font's bytes: a data module of the worker (`rules` of wrangler.toml). */
declare module "*.ttf" {
  const bytes: ArrayBuffer;
  export default bytes;
}
