export { createHttpAudioSource } from "./http.ts";
