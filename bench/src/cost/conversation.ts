const LINES = [
  "Thank you for calling Harbor Supply, this is Maria.",
  "Hi Maria, my order has not arrived yet.",
  "I am sorry to hear that. What is the order number?",
  "It is seven four one nine.",
  "I found it. The parcel leaves our warehouse tomorrow morning.",
  "Perfect, thanks for your help. And can you send the invoice again?",
  "Of course. Which address shall I send it to?",
  "The one that you have on file is right.",
];
/** A line takes about a second and a half to speak, and this passes before the next. */
const PAUSE_MS = 700;
const LINE_MS = 2250;

/** A script for the stand-in's people of about `seconds`, taking turns without long silences, as on a busy line. */
export function conversationOf(seconds: number): object {
  const turns = Math.max(2, Math.round((seconds * 1000) / LINE_MS));
  return {
    lines: Array.from({ length: turns }, (_, n) => ({
      speaker: n % 2 === 0 ? "agent" : "caller",
      text: LINES[n % LINES.length],
      pauseBeforeMs: PAUSE_MS,
    })),
  };
}
