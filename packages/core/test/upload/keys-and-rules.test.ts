import { CompleteUpload, newId } from "@earwitness/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { soundCallOf } from "../../src/upload/said-of-call.ts";
import { quarantineKey, uploadOfAvatar, uploadOfKey } from "../../src/upload/upload-keys.ts";
import { takenType } from "../../src/upload/upload-rules.ts";

describe("keys", () => {
  test("of quarantine lead back to their upload", () => {
    const id = newId("upload");
    expect(uploadOfKey(quarantineKey({ id, workspaceId: newId("workspace") }))).toBe(id);
  });

  test("that we never gave out are nobody's", () => {
    const [id, workspaceId] = [newId("upload"), newId("workspace")];
    const tricks = [
      `quarantine/${workspaceId}/../${id}`,
      `quarantine/../recordings/${id}`,
      `quarantine/${workspaceId}/${id}/..`,
      `quarantine/${workspaceId}/${id}%00.html`,
      `quarantine//${id}`,
      `quarantine/${id}/${workspaceId}`,
      `recordings/${workspaceId}/${id}`,
      `/quarantine/${workspaceId}/${id}`,
    ];
    expect(tricks.map(uploadOfKey)).toEqual(tricks.map(() => null));
    expect(
      ["https://images.example/me.png", "avatars/../x/y.png", `avatars/${id}/${id}.png`].map(uploadOfAvatar),
    ).toEqual([null, null, null]);
    fc.assert(fc.property(fc.string(), (key) => uploadOfKey(key) === null && uploadOfAvatar(key) === null));
  });
});

describe("what is taken", () => {
  test("goes by one name", () => {
    expect(takenType("recording", { contentType: "audio/x-wav", sizeBytes: 1 })).toBe("audio/wav");
    expect(takenType("recording", { contentType: "Audio/MP3", sizeBytes: 1 })).toBe("audio/mpeg");
    expect(takenType("avatar", { contentType: "image/jpg", sizeBytes: 1 })).toBe("image/jpeg");
  });

  test.each([
    ["recording", "image/png", 1, "#/contentType"],
    ["recording", "audio/ogg", 1, "#/contentType"],
    ["avatar", "image/svg+xml", 1, "#/contentType"],
    ["avatar", "image/png; charset=utf-8", 1, "#/contentType"],
    ["screenshot", "constructor", 1, "#/contentType"],
    ["recording", "audio/wav", 2 ** 31 + 1, "#/sizeBytes"],
    ["screenshot", "image/png", 10 * 2 ** 20 + 1, "#/sizeBytes"],
    ["avatar", "image/png", 2 * 2 ** 20 + 1, "#/sizeBytes"],
  ] as const)("%s of %s with %i bytes is not", (kind, contentType, sizeBytes, pointer) => {
    expect(() => takenType(kind, { contentType, sizeBytes })).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });
});

describe("what is said of a call", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const said = (changes: object = {}) => {
    const posted = CompleteUpload.parse({
      kind: "recording",
      direction: "inbound",
      from: "+49 151 12345678",
      to: "+1 (415) 555-0100",
      startedAt: "2026-11-20T10:00:00+01:00",
      language: "EN-us",
      ...changes,
    });
    if (posted.kind !== "recording") throw new Error("It is of a recording");
    return posted;
  };

  test("comes into one form", () => {
    expect(soundCallOf(said(), now)).toEqual({
      from: "+4915112345678",
      to: "+14155550100",
      startedAt: "2026-11-20T09:00:00.000Z",
      language: "en-US",
    });
  });

  test.each([
    [{ from: "0151 12345678" }, ["#/from"]],
    [{ to: "a phone" }, ["#/to"]],
    [{ to: "+1" }, ["#/to"]],
    [{ startedAt: "2026-11-21T12:06:00Z" }, ["#/startedAt"]],
    [{ startedAt: "1899-12-31T00:00:00Z" }, ["#/startedAt"]],
    [{ language: "not a language" }, ["#/language"]],
    [{ from: "x", to: "y" }, ["#/from", "#/to"]],
  ])("is refused where it cannot be: %j", (changes, pointers) => {
    expect(() => soundCallOf(said(changes), now)).toThrow(
      expect.objectContaining({ fields: pointers.map((pointer) => expect.objectContaining({ pointer })) }),
    );
  });
});
