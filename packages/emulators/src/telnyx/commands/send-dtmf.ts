import { SAMPLE_HZ } from "../../speech/speech.ts";
import { toSample } from "../leg/track.ts";
import { SendDtmfBody } from "../schema/commands.ts";
import { command } from "./command.ts";

/** ITU-T Q.23: the row's and the column's tone, in hertz. */
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = ["123A", "456B", "789C", "*0#D"];
const GAP_MS = 50;
const WAITS_MS: Readonly<Record<string, number>> = { w: 500, W: 1000 };

export const sendDtmf = command("send_dtmf", SendDtmfBody, "answered", (_, leg, body) => {
  let atMs = leg.now;
  for (const digit of body.digits) {
    const waitMs = WAITS_MS[digit];
    if (waitMs === undefined) leg.track.place("local", toSample(atMs), tone(digit, body.duration_millis));
    atMs += waitMs ?? body.duration_millis + GAP_MS;
  }
  leg.note("audio", "dtmf", { digits: body.digits });
  return undefined;
});

function tone(digit: string, durationMs: number): Int16Array {
  const row = KEYS.findIndex((keys) => keys.includes(digit));
  const low = ROWS[row] ?? 0;
  const high = COLUMNS[KEYS[row]?.indexOf(digit) ?? 0] ?? 0;
  const wave = (hz: number, i: number) => Math.sin((2 * Math.PI * hz * i) / SAMPLE_HZ);
  return new Int16Array(toSample(durationMs)).map((_, i) => 5000 * (wave(low, i) + wave(high, i)));
}
