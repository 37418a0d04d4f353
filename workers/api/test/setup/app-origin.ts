export const APP_ORIGIN = "https://app.test";
