import { Script } from "./script.ts";

/** The conversations that come with the emulators, by the name that the control door knows them by. */
export const BUILT_IN_SCRIPTS: Readonly<Record<string, Script>> = {
  "order-status": Script.parse({
    title: "Where is my order?",
    lines: [
      { speaker: "agent", text: "Thank you for calling Harbor Supply, this is Maria." },
      { speaker: "caller", text: "Hi Maria, my order has not arrived yet." },
      { speaker: "agent", text: "I am sorry to hear that. What is the order number?" },
      { speaker: "caller", text: "It is seven four one nine." },
      { speaker: "agent", text: "I found it. The parcel leaves our warehouse tomorrow morning." },
      { speaker: "caller", text: "Perfect, thanks for your help." },
    ],
  }),
  appointment: Script.parse({
    title: "Moving an appointment",
    lines: [
      { speaker: "agent", text: "Good morning, Oakwood Dental, how can I help?" },
      { speaker: "caller", text: "I need to move my appointment on Friday." },
      { speaker: "agent", text: "Of course. Would Tuesday afternoon suit you?" },
      { speaker: "caller", text: "Tuesday at three works well." },
      { speaker: "agent", text: "Wonderful, we will see you then." },
      { speaker: "caller", text: "Great, goodbye." },
    ],
  }),
  complaint: Script.parse({
    title: "A wrong invoice",
    lines: [
      { speaker: "agent", text: "Billing department, Daniel speaking." },
      { speaker: "caller", text: "Hello Daniel, you charged me twice for the same invoice." },
      { speaker: "agent", text: "Let me check that. You are right, there are two payments in March." },
      { speaker: "caller", text: "Can you refund one of them please?" },
      { speaker: "agent", text: "Yes, the refund reaches your bank within five days." },
      { speaker: "caller", text: "Thank you, that solves my problem.", pauseBeforeMs: 700 },
    ],
  }),
  reserva: Script.parse({
    title: "Una reserva",
    language: "es",
    lines: [
      { speaker: "agent", text: "Buenas tardes, restaurante El Puerto, dígame." },
      { speaker: "caller", text: "Hola, quiero reservar una mesa para mañana." },
      { speaker: "agent", text: "Claro, ¿para cuántas personas?" },
      { speaker: "caller", text: "Para cuatro personas, a las nueve." },
      { speaker: "agent", text: "Perfecto, su mesa queda reservada. Hasta mañana." },
    ],
  }),
  short: Script.parse({
    title: "A short call",
    lines: [
      { speaker: "caller", text: "Hello, is the shop open today?" },
      { speaker: "agent", text: "Yes, until six this evening." },
      { speaker: "caller", text: "Lovely, see you soon." },
    ],
  }),
};

/** What is spoken when nobody says otherwise. */
export const DEFAULT_SCRIPT = "order-status";
