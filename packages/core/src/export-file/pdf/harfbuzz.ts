/** One shape on its place, in units of the font. */
export interface ShapedGlyph {
  readonly id: number;
  /** Where the letters that it stands for begin in the text, in UTF-16 units. */
  readonly cluster: number;
  readonly advance: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** A font that HarfBuzz has opened. */
export interface ShapingFont {
  /** The shapes of a stretch of one direction, from left to right as they stand on the page. */
  shape(text: string, isRightToLeft: boolean): ShapedGlyph[];
}

type NativeCall = (...values: number[]) => number;

// Of hb-buffer.h, hb-common.h and hb-blob.h.
const LEFT_TO_RIGHT = 4;
const RIGHT_TO_LEFT = 5;
const REMOVE_DEFAULT_IGNORABLES = 0x8;
const CLUSTERS_OF_CHARACTERS = 1;
const BYTES_STAY_AS_THEY_ARE = 1;
/** Both hb_glyph_info_t and hb_glyph_position_t have five fields of 32 bits. */
const FIELDS = 5;

/**
 * HarfBuzz, which knows for every script which shapes its letters take beside each other and where they stand. This is its C API
 * (https://harfbuzz.github.io/harfbuzz-hb-buffer.html) as its WebAssembly module exports it: the JavaScript that comes with that
 * module compiles code while it runs, which a Worker may not. What was opened goes when the
 * instance goes.
 */
export class HarfBuzz {
  private readonly memory: WebAssembly.Memory;
  private readonly native: (name: string) => NativeCall;
  private readonly buffer: number;

  private constructor(instance: WebAssembly.Instance, memory: WebAssembly.Memory) {
    this.memory = memory;
    this.native = (name) => nativeCall(instance, name);
    this.native("__wasm_call_ctors")();
    this.buffer = this.native("hb_buffer_create")();
    this.native("hb_buffer_set_flags")(this.buffer, REMOVE_DEFAULT_IGNORABLES);
    this.native("hb_buffer_set_cluster_level")(this.buffer, CLUSTERS_OF_CHARACTERS);
  }

  /** Starts an instance of `harfbuzzjs/dist/harfbuzz.wasm`. */
  static async start(module: WebAssembly.Module): Promise<HarfBuzz> {
    const grow = { to: (_bytes: number) => 0 };
    const stop = () => {
      throw new Error("HarfBuzz stopped.");
    };
    const instance = await WebAssembly.instantiate(module, {
      wasi_snapshot_preview1: { proc_exit: stop },
      env: {
        _abort_js: stop,
        _emscripten_runtime_keepalive_clear: () => {},
        _setitimer_js: () => 0,
        emscripten_resize_heap: (bytes: number) => grow.to(bytes),
      },
    });
    const { memory } = instance.exports;
    if (!(memory instanceof WebAssembly.Memory)) throw new Error("HarfBuzz has no memory.");
    grow.to = (bytes) => {
      memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / 65_536));
      return 1;
    };
    return new HarfBuzz(instance, memory);
  }

  /** Opens a TrueType or OpenType file. It lies in the instance's memory from then on. */
  open(file: Uint8Array): ShapingFont {
    const at = this.native("malloc")(file.length);
    new Uint8Array(this.memory.buffer).set(file, at);
    const blob = this.native("hb_blob_create")(at, file.length, BYTES_STAY_AS_THEY_ARE, 0, 0);
    const font = this.native("hb_font_create")(this.native("hb_face_create")(blob, 0));
    return { shape: (text, isRightToLeft) => this.shape(font, text, isRightToLeft) };
  }

  private shape(font: number, text: string, isRightToLeft: boolean): ShapedGlyph[] {
    const { buffer } = this;
    this.native("hb_buffer_clear_contents")(buffer);
    const at = this.native("malloc")(text.length * 2);
    const units = new Uint16Array(this.memory.buffer, at, text.length);
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    this.native("hb_buffer_add_utf16")(buffer, at, text.length, 0, text.length);
    this.native("free")(at);
    this.native("hb_buffer_set_direction")(buffer, isRightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT);
    this.native("hb_buffer_guess_segment_properties")(buffer);
    this.native("hb_shape")(font, buffer, 0, 0);
    return this.glyphs();
  }

  /** What the buffer holds. Read at once: the next call may move the memory. */
  private glyphs(): ShapedGlyph[] {
    const count = this.native("hb_buffer_get_length")(this.buffer);
    const infosAt = this.native("hb_buffer_get_glyph_infos")(this.buffer, 0);
    const positionsAt = this.native("hb_buffer_get_glyph_positions")(this.buffer, 0);
    const infos = new Uint32Array(this.memory.buffer, infosAt, count * FIELDS);
    const positions = new Int32Array(this.memory.buffer, positionsAt, count * FIELDS);
    return Array.from({ length: count }, (_, i) => ({
      id: infos[i * FIELDS] ?? 0,
      cluster: infos[i * FIELDS + 2] ?? 0,
      advance: positions[i * FIELDS] ?? 0,
      offsetX: positions[i * FIELDS + 2] ?? 0,
      offsetY: positions[i * FIELDS + 3] ?? 0,
    }));
  }
}

function nativeCall({ exports }: WebAssembly.Instance, name: string): NativeCall {
  const call = exports[name];
  if (typeof call !== "function") throw new Error(`HarfBuzz has no ${name}.`);
  return (...values) => Number(call(...values));
}
