/** Ed25519 of a seed of 32 bytes 0x07, as PKCS 8 and as Telnyx publishes the public half. */
export const PRIVATE_KEY_PKCS8 = "MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
export const PUBLIC_KEY = "6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=";
export const ASSEMBLYAI_SECRET = "a-secret-that-is-long-enough-for-the-schema";

export const LIVE_SECRET = "live-secret-of-the-tests-0123456789abcdef";
/** 24 bytes 0x07, as Resend shows the secret of its notices. */
export const RESEND_WEBHOOK_SECRET = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
