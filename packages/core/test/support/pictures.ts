import { crc32, deflateSync } from "node:zlib";

const text = new TextEncoder();

/** A PNG of one pixel. `chunks` go between its header and its pixels. */
export function png(options: { chunks?: [name: string, data: string][]; tail?: string } = {}): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(1, 0);
  header.writeUInt32BE(1, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      pngChunk("IHDR", header),
      ...(options.chunks ?? []).map(([name, data]) => pngChunk(name, Buffer.from(data, "latin1"))),
      pngChunk("IDAT", deflateSync(Buffer.from([0, 200, 40, 40]))),
      pngChunk("IEND", Buffer.alloc(0)),
      Buffer.from(options.tail ?? "", "latin1"),
    ]),
  );
}

function pngChunk(name: string, data: Buffer): Buffer {
  const frame = Buffer.alloc(12 + data.length);
  frame.writeUInt32BE(data.length, 0);
  frame.write(name, 4, "latin1");
  data.copy(frame, 8);
  frame.writeUInt32BE(crc32(frame.subarray(4, 8 + data.length)), 8 + data.length);
  return frame;
}

/** A JPEG's structure with a scan of stuffed bytes and a restart; `comment` and `tail` as they are given. */
export function jpeg(options: { comment?: string; tail?: Uint8Array | string } = {}): Uint8Array<ArrayBuffer> {
  const segment = (marker: number, data: Uint8Array) => [
    0xff,
    marker,
    (data.length + 2) >> 8,
    (data.length + 2) & 0xff,
    ...data,
  ];
  const tail = typeof options.tail === "string" ? text.encode(options.tail) : (options.tail ?? []);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, text.encode("JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0")),
    ...(options.comment === undefined ? [] : segment(0xfe, text.encode(options.comment))),
    ...segment(0xc0, Uint8Array.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    ...segment(0xda, Uint8Array.from([1, 1, 0, 0, 63, 0])),
    ...[0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56],
    ...[0xff, 0xd9],
    ...tail,
  ]);
}

/** A WebP file of lossless pixels, and what else is in it. */
export function webp(
  options: { chunks?: [name: string, data: string][]; tail?: string } = {},
): Uint8Array<ArrayBuffer> {
  const chunk = (name: string, data: Uint8Array) => [
    ...text.encode(name),
    ...[data.length & 0xff, data.length >> 8, 0, 0],
    ...data,
    ...(data.length % 2 === 1 ? [0] : []),
  ];
  const chunks = [
    ...chunk("VP8L", Uint8Array.from([0x2f, 0, 0, 0, 0, 0x88, 0x88, 0x08])),
    ...(options.chunks ?? []).flatMap(([name, data]) => chunk(name, text.encode(data))),
  ];
  const sizeBytes = 4 + chunks.length;
  return Uint8Array.from([
    ...text.encode("RIFF"),
    ...[sizeBytes & 0xff, (sizeBytes >> 8) & 0xff, sizeBytes >> 16, 0],
    ...text.encode("WEBP"),
    ...chunks,
    ...text.encode(options.tail ?? ""),
  ]);
}
