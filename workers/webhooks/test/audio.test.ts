import { SELF } from "cloudflare:test";
import { describe, expect, test } from "vitest";

describe("the sounds that the carrier plays", () => {
  test.each([
    ["hold", 10_240],
    ["chime", 1540],
    ["beep", 250],
  ])("%s is a WAV file of one channel, quiet beside a voice and without a click", async (name, durationMs) => {
    const response = await SELF.fetch(`https://hooks.test/audio/${name}.wav`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("audio/wav");
    expect(response.headers.get("cache-control")).toContain("max-age=86400");
    const bytes = new Uint8Array(await response.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const [format, channels, rate, bits] = [
      view.getUint16(20, true),
      view.getUint16(22, true),
      view.getUint32(24, true),
      view.getUint16(34, true),
    ];
    expect({ format, channels, rate, bits }).toEqual({ format: 1, channels: 1, rate: 8000, bits: 16 });
    expect(view.getUint32(40, true)).toBe(bytes.length - 44);
    const samples = new Int16Array(bytes.slice(44).buffer);
    expect(samples.length / 8).toBe(durationMs);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(6000);
    expect(loudest).toBeLessThan(28_000);
    const steps = samples.slice(1).map((sample, i) => Math.abs(sample - (samples[i] ?? 0)));
    // A loop's seam is a step like any other.
    steps[0] = Math.abs((samples[0] ?? 0) - (samples.at(-1) ?? 0));
    expect(Math.max(...steps)).toBeLessThan(12_000);
  });

  test("are those and no others", async () => {
    const response = await SELF.fetch("https://hooks.test/audio/scream.wav");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "not_found" });
  });
});
