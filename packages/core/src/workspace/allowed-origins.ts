import { EarwitnessError } from "@earwitness/shared";

/** What a page of a developer's own machine may have instead of a certificate. */
const LOCAL_HOST = "localhost";

/**
 * The origins as browsers send them, each once. Throws `invalid_request` at `#/allowedOrigins/n` for what is no exact origin of
 * `https`, or of `http` on `localhost`: a pattern, a path or plain `http` would let others in.
 */
export function exactOrigins(texts: readonly string[]): string[] {
  const fields = texts.flatMap((text, i) =>
    isExactOrigin(text)
      ? []
      : [
          {
            pointer: `#/allowedOrigins/${i}`,
            detail: "must be an origin such as https://shop.example, without path; http is for localhost alone",
          },
        ],
  );
  if (fields.length > 0)
    throw new EarwitnessError("invalid_request", "An origin is not valid: see errors.", { fields });
  return [...new Set(texts)];
}

function isExactOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  // A wildcard can stand in a parsed host, and matches nothing that a browser sends.
  if (origin !== text || hostname.includes("*")) return false;
  return protocol === "https:" || (protocol === "http:" && hostname === LOCAL_HOST);
}
