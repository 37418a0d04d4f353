const INTERIM_EVERY_MS = 500;
const WORDS_A_TURN = 6;
const WORD_MS = INTERIM_EVERY_MS;

/** Turns as the streaming transcriber sends them, of words that nobody said: one more each half second, a final turn after six. */
export class Babble {
  #heardMs = 0;
  #wordsTold = 0;

  /** The turn to send after `audioMs` more of audio; null while there is none. */
  turnAfter(audioMs: number): object | null {
    this.#heardMs += audioMs;
    if (this.#heardMs < (this.#wordsTold + 1) * WORD_MS) return null;
    this.#wordsTold += 1;
    const order = Math.floor((this.#wordsTold - 1) / WORDS_A_TURN);
    const count = this.#wordsTold - order * WORDS_A_TURN;
    const isFinal = count === WORDS_A_TURN;
    const words = Array.from({ length: count }, (_, n) => {
      const start = (order * WORDS_A_TURN + n) * WORD_MS;
      return {
        text: `word${n}`,
        start,
        end: start + WORD_MS,
        confidence: 0.9,
        word_is_final: isFinal || n < count - 1,
      };
    });
    const transcript = words.map(({ text }) => text).join(" ");
    return {
      type: "Turn",
      turn_order: order,
      turn_is_formatted: isFinal,
      end_of_turn: isFinal,
      transcript,
      utterance: isFinal ? transcript : "",
      end_of_turn_confidence: isFinal ? 1 : 0,
      words,
    };
  }
}
