// The node-<os>-<cpu> packages publish `os` and `cpu` as strings, which pnpm drops; as arrays, only the right one is unpacked.
module.exports = {
  hooks: {
    readPackage(manifest) {
      for (const key of ["os", "cpu"]) {
        if (typeof manifest[key] === "string") manifest[key] = [manifest[key]];
      }
      return manifest;
    },
  },
};
