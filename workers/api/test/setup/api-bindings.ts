import { APP_ORIGIN } from "./app-origin.ts";

/** What the API worker is configured with, besides the vendors and the database. */
export const API_BINDINGS = {
  APP_ORIGIN,
  AUTH_SECRET: "a-secret-of-the-tests-with-32-characters",
  LIVE_SECRET: "live-secret-of-the-tests-0123456789abcdef",
  LINK_SECRET: "link-secret-of-the-tests-0123456789abcdef",
  CONTACT_TO: "team@earwitness.example",
  SIGN_UP: "open",
  // In the matrix one owner asks for everything, and makes what everybody asks for, within a minute.
  REQUESTS_PER_MINUTE_OF_ONE: "6000",
  R2_S3_ENDPOINT: "https://storage.test",
  R2_BUCKET: "earwitness-recordings",
  R2_ACCESS_KEY_ID: "access-key-of-the-test",
  R2_SECRET_ACCESS_KEY: "secret-key-of-the-test",
};
