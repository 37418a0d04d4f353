import type { HeardWord } from "../../../speech/recogniser.ts";
import type { Moment } from "../ear.ts";
import type { SpeechFrame, TurnFrame } from "../frames.ts";
import {
  endsSentence,
  FORMATTED,
  languageOf,
  type TurnMaker,
  type TurnRules,
  textOf,
  toMs,
  wireWords,
} from "./turn.ts";

/** What the vendor adds to `interruption_delay` before the first partial of a turn. */
const FIRST_PARTIAL_MS = 300;
/** The steady partials of `continuous_partials`. */
const PARTIAL_EVERY_MS = 3000;

/**
 * The turns of the Pro models: whole, formatted segments. One partial early in a turn, one in each pause that does not end it, and
 * one every three seconds of unbroken speech if asked. A turn ends at a sentence's end after `min_turn_silence`, or after
 * `max_turn_silence` anywhere.
 */
export class ProTurns implements TurnMaker {
  rules: TurnRules;
  #order = 0;
  #words: HeardWord[] = [];
  /** How many words the last partial had: the same is not told twice. */
  #told = 0;
  #toldAtMs = 0;
  #isEarlyTold = false;
  #isPauseTold = false;

  constructor(rules: TurnRules) {
    this.rules = rules;
  }

  take({ words, atMs, silentMs }: Moment): SpeechFrame[] {
    const frames: SpeechFrame[] = [];
    for (const word of words) {
      if (this.#words.length === 0) {
        frames.push({ type: "SpeechStarted", timestamp: toMs(word.start), confidence: word.confidence });
        this.#toldAtMs = toMs(word.start);
      }
      this.#words.push(word);
    }
    if (this.#words.length === 0) return frames;
    const { minTurnSilenceMs, maxTurnSilenceMs } = this.rules;
    const isPause = silentMs >= minTurnSilenceMs;
    if ((isPause && endsSentence(this.#words.at(-1))) || silentMs >= maxTurnSilenceMs)
      return [...frames, ...this.end()];
    const isDue = isPause ? !this.#isPauseTold : this.#isPartialDue(atMs);
    this.#isPauseTold = isPause;
    if (isDue) this.#isEarlyTold = true;
    return isDue ? [...frames, ...this.#partial(atMs)] : frames;
  }

  end(): SpeechFrame[] {
    if (this.#words.length === 0) return [];
    const frame = this.#frame(true);
    this.#words = [];
    this.#order += 1;
    this.#told = 0;
    this.#isEarlyTold = false;
    this.#isPauseTold = false;
    return [frame];
  }

  #isPartialDue(atMs: number): boolean {
    const first = toMs(this.#words[0]?.start ?? 0);
    if (!this.#isEarlyTold) return atMs - first >= this.rules.interruptionDelayMs + FIRST_PARTIAL_MS;
    return this.rules.continuousPartials && atMs - this.#toldAtMs >= PARTIAL_EVERY_MS;
  }

  #partial(atMs: number): SpeechFrame[] {
    this.#toldAtMs = atMs;
    if (!this.rules.includePartials || this.#told === this.#words.length) return [];
    this.#told = this.#words.length;
    return [this.#frame(false)];
  }

  #frame(isEnd: boolean): TurnFrame {
    const words = wireWords(this.#words, FORMATTED, () => isEnd);
    const transcript = textOf(words);
    return {
      type: "Turn",
      turn_order: this.#order,
      turn_is_formatted: isEnd,
      end_of_turn: isEnd,
      transcript,
      utterance: isEnd ? transcript : "",
      end_of_turn_confidence: isEnd && endsSentence(this.#words.at(-1)) ? 1 : 0,
      words,
      ...(isEnd && this.rules.detectLanguage ? languageOf(this.#words) : {}),
    };
  }
}
