import { expect, test } from "vitest";
import { WebhookSigner } from "../src/telnyx/webhooks/sign.ts";

test("the signer agrees with the reference vector of the vendor's scheme", () => {
  const signer = new WebhookSigner(new Uint8Array(32).fill(7));
  expect(signer.publicKey).toBe("6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=");
  const headers = signer.headers('{"data":{"event_type":"call.hangup"}}', 1_790_000_000);
  expect(headers).toEqual({
    "telnyx-timestamp": "1790000000",
    "telnyx-signature-ed25519":
      "JxWwztBq95l3q0R6GsL8JjbIt9CZIwl9LFZo1ku011+XCJpryXb+Kh8xzwAlWR1UYZqJ6FOm2RJjAgIhBpXlDQ==",
  });
});
