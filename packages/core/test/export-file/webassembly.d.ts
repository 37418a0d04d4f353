declare namespace WebAssembly {
  /** Node has it; a Worker, whose types these are, is given modules that are compiled. */
  function compile(bytes: Uint8Array): Promise<Module>;
}
