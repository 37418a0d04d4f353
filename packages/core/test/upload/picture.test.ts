import { describe, expect, test } from "vitest";
import { faultOfPicture } from "../../src/upload/picture/picture.ts";
import { jpeg, png, webp } from "../support/pictures.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const XMP = '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>';

/** As large as a screenshot may be, and nothing in it but comments that say nothing. */
function jpegOfComments(count: number): Uint8Array {
  const bytes = new Uint8Array(2 + 4 * count).fill(0xff, 0, 1);
  bytes[1] = 0xd8;
  for (let at = 2; at < bytes.length; at += 4) bytes.set([0xff, 0xfe, 0, 2], at);
  return bytes;
}

describe("a picture", () => {
  test.each([
    ["image/png", png()],
    ["image/png", png({ chunks: [["tEXt", "Comment\0A thing of beauty"]] })],
    ["image/png", png({ chunks: [["iTXt", `XML:com.adobe.xmp\0\0\0\0\0${XMP}`]] })],
    ["image/jpeg", jpeg()],
    ["image/jpeg", jpeg({ comment: XMP })],
    ["image/jpeg", jpeg({ tail: new Uint8Array([0, 0, 0, ...jpeg()]) })],
    ["image/webp", webp()],
    ["image/webp", webp({ chunks: [["EXIF", "odd"]] })],
  ])("of type %s is one (%#)", (contentType, bytes) => {
    expect(faultOfPicture(bytes, contentType)).toBeNull();
  });

  test.each([
    ["another type than it says", "image/png", jpeg(), /not a PNG/],
    ["another type than it says", "image/jpeg", webp(), /not a JPEG/],
    ["another type than it says", "image/webp", png(), /not a WebP/],
    ["a page", "image/png", bytesOf("<!doctype html><script>alert(1)</script>"), /not a PNG/],
    ["a drawing with scripts", "image/webp", bytesOf('<svg onload="alert(1)"/>'), /not a WebP/],
    ["a signature and nothing else", "image/png", png().subarray(0, 8), /ends before/],
    ["cut off", "image/png", png().subarray(0, png().length - 5), /ends before/],
    ["cut off", "image/jpeg", jpeg().subarray(0, jpeg().length - 2), /ends before/],
    ["cut off", "image/webp", webp().subarray(0, webp().length - 2), /longer or shorter/],
    ["followed by an archive", "image/png", png({ tail: "PK\u0003\u0004 more" }), /follows the end/],
    ["followed by a page", "image/jpeg", jpeg({ tail: "<html><script>alert(1)</script>" }), /follows the end/],
    [
      "followed by an archive behind a second picture",
      "image/jpeg",
      jpeg({ tail: new Uint8Array([...jpeg(), 0x50, 0x4b]) }),
      /follows the end/,
    ],
    ["followed by a page", "image/webp", webp({ tail: "<html>" }), /longer or shorter/],
    ["a page in a comment", "image/png", png({ chunks: [["tEXt", "Comment\0<ScRiPt src=//evil>"]] }), /carries/],
    ["a program in a comment", "image/jpeg", jpeg({ comment: "<?php system($_GET[0]); ?>" }), /carries/],
    ["a document in its metadata", "image/webp", webp({ chunks: [["XMP ", "%PDF-1.7"]] }), /carries/],
    ["an archive in a chunk of its own", "image/png", png({ chunks: [["zzZz", "PK\u0005\u0006"]] }), /carries/],
    ["a header without pixels", "image/jpeg", Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]), /ends before|broken/],
  ])("is not %s (%s, %#)", (_, contentType, bytes, why) => {
    expect(faultOfPicture(bytes, contentType)).toMatch(why);
  });

  test.each([
    ["image/png", png({ chunks: Array.from({ length: 20_000 }, () => ["tEXt", ""]) })],
    ["image/jpeg", jpegOfComments(2_500_000)],
    ["image/webp", webp({ chunks: Array.from({ length: 20_000 }, () => ["EXIF", ""]) })],
  ])("of nothing but empty pieces is refused before they fill the memory (%s)", (contentType, bytes) => {
    expect(faultOfPicture(bytes, contentType)).toMatch(/too much/);
  });

  test("is refused wherever it is cut off", () => {
    for (const [contentType, whole] of [
      ["image/png", png()],
      ["image/jpeg", jpeg()],
      ["image/webp", webp()],
    ] as const) {
      for (let length = 0; length < whole.length; length++) {
        expect(faultOfPicture(whole.subarray(0, length), contentType), `${contentType} ${length}`).not.toBeNull();
      }
    }
  });
});
