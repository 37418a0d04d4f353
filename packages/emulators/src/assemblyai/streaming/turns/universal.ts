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
  UNFORMATTED,
  wireWords,
} from "./turn.ts";

/** A pause after which the last word of a step is final, although no other has followed. */
const FINAL_AFTER_MS = 160;
/** How sure the model is that a turn is over: after a sentence, after anything else, while somebody speaks. */
const CONFIDENCE = { sentence: 0.92, other: 0.08, speaking: 0.01 };

/**
 * The turns of the Universal-Streaming models: a frame for every word, which is open first and final with the next one or in a pause;
 * then it never changes. Unformatted until the turn ends; with `format_turns` the whole turn comes a second time, formatted.
 */
export class UniversalTurns implements TurnMaker {
  rules: TurnRules;
  #order = 0;
  #words: HeardWord[] = [];
  #final = 0;
  /** Words that were part of an utterance already. */
  #uttered = 0;

  constructor(rules: TurnRules) {
    this.rules = rules;
  }

  take({ words, silentMs }: Moment): SpeechFrame[] {
    const frames: SpeechFrame[] = [];
    for (const word of words) {
      this.#final = this.#words.length;
      this.#words.push(word);
      frames.push(...this.#partial(CONFIDENCE.speaking, ""));
    }
    if (this.#words.length === 0) return frames;
    const { minTurnSilenceMs, maxTurnSilenceMs, endOfTurnThreshold } = this.rules;
    const confidence = endsSentence(this.#words.at(-1)) ? CONFIDENCE.sentence : CONFIDENCE.other;
    const isPause = silentMs >= minTurnSilenceMs;
    if ((isPause && confidence > endOfTurnThreshold) || silentMs >= maxTurnSilenceMs) return [...frames, ...this.end()];
    if (isPause && this.#uttered < this.#words.length) return [...frames, ...this.#utterance(confidence)];
    if (silentMs >= FINAL_AFTER_MS && this.#final < this.#words.length) {
      this.#final = this.#words.length;
      return [...frames, ...this.#partial(confidence, "")];
    }
    return frames;
  }

  end(): SpeechFrame[] {
    if (this.#words.length === 0) return [];
    this.#final = this.#words.length;
    const confidence = endsSentence(this.#words.at(-1)) ? CONFIDENCE.sentence : CONFIDENCE.other;
    const utterance = textOf(wireWords(this.#words.slice(this.#uttered), UNFORMATTED, () => true));
    const ended = { ...this.#frame(confidence, utterance), end_of_turn: true, ...this.#language() };
    const formatted = this.rules.formatTurns ? [this.#formatted(ended)] : [];
    this.#words = [];
    this.#final = 0;
    this.#uttered = 0;
    this.#order += 1;
    return [ended, ...formatted];
  }

  #utterance(confidence: number): SpeechFrame[] {
    const utterance = textOf(wireWords(this.#words.slice(this.#uttered), UNFORMATTED, () => true));
    this.#final = this.#words.length;
    this.#uttered = this.#words.length;
    return this.#partial(confidence, utterance);
  }

  #partial(confidence: number, utterance: string): SpeechFrame[] {
    if (!this.rules.includePartials) return [];
    const language = utterance === "" ? {} : this.#language();
    return [{ ...this.#frame(confidence, utterance), ...language }];
  }

  #formatted(ended: TurnFrame): TurnFrame {
    const words = wireWords(this.#words, FORMATTED, () => true);
    const utterance = textOf(wireWords(this.#words.slice(this.#uttered), FORMATTED, () => true));
    return { ...ended, turn_is_formatted: true, transcript: textOf(words), utterance, words };
  }

  #frame(confidence: number, utterance: string): TurnFrame {
    const words = wireWords(this.#words, UNFORMATTED, (index) => index < this.#final);
    return {
      type: "Turn",
      turn_order: this.#order,
      turn_is_formatted: false,
      end_of_turn: false,
      transcript: textOf(words.filter((word) => word.word_is_final)),
      utterance,
      end_of_turn_confidence: confidence,
      words,
    };
  }

  #language(): Pick<TurnFrame, "language_code" | "language_confidence"> {
    return this.rules.detectLanguage ? languageOf(this.#words) : {};
  }
}
