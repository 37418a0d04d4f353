// Plays a call that is listened to: a frame holds a position (4 bytes, big-endian) and then as many µ-law samples of the caller
// as of the agent. It runs on the audio thread, in a file of its own, because the page's policy allows no inline code.

/** Sound is held back for so long before it begins: what the network delays by less is not heard as a gap. */
const JITTER_MS = 200;
/** More than this waiting means that we fell behind: the oldest is dropped, so that what is heard stays what is said now. */
const MOST_WAITING_MS = 1_000;
const HEADER_BYTES = 4;

/** ITU-T G.711, µ-law to a sample from -1 to 1, for each of the 256 codes. */
const SAMPLES = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return ((bits & 0x80) === 0 ? magnitude - 0x84 : 0x84 - magnitude) / 32_768;
});

class Listen extends AudioWorkletProcessor {
  constructor() {
    super();
    /** Frames of both sides that wait to be played. */
    this.frames = [];
    this.waiting = 0;
    /** Samples of the first frame that were played already. */
    this.played = 0;
    this.isPlaying = false;
    this.port.onmessage = ({ data }) => this.take(new Uint8Array(data));
  }

  take(bytes) {
    const length = (bytes.length - HEADER_BYTES) >> 1;
    if (length <= 0) return;
    const caller = bytes.subarray(HEADER_BYTES, HEADER_BYTES + length);
    const agent = bytes.subarray(HEADER_BYTES + length, HEADER_BYTES + 2 * length);
    this.frames.push({ caller, agent });
    this.waiting += length;
    while (this.waiting > (MOST_WAITING_MS * sampleRate) / 1_000 && this.frames.length > 1) this.drop();
  }

  drop() {
    this.waiting -= this.frames.shift().caller.length - this.played;
    this.played = 0;
  }

  process(_inputs, [output]) {
    if (!this.isPlaying && this.waiting >= (JITTER_MS * sampleRate) / 1_000) this.isPlaying = true;
    const [left, right] = output;
    for (let i = 0; i < left.length; i++) {
      const frame = this.isPlaying ? this.frames[0] : undefined;
      if (frame === undefined) {
        // Run dry: silence until enough has gathered again.
        this.isPlaying = false;
        left[i] = right[i] = 0;
        continue;
      }
      const [caller, agent] = [SAMPLES[frame.caller[this.played]], SAMPLES[frame.agent[this.played]]];
      // Each a little to its side, so that two who speak at once can be told apart.
      left[i] = 0.7 * caller + 0.3 * agent;
      right[i] = 0.3 * caller + 0.7 * agent;
      this.played++;
      this.waiting--;
      if (this.played === frame.caller.length) {
        this.frames.shift();
        this.played = 0;
      }
    }
    return true;
  }
}

registerProcessor("listen", Listen);
