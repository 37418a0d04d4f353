import { EarwitnessError } from "@earwitness/shared";

/** Reads a JSON body. Throws `unsupported_media_type` for another kind, `invalid_request` for what is no JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new EarwitnessError("unsupported_media_type", "Send the body as JSON, with content-type application/json.");
  }
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new EarwitnessError("invalid_request", "The body is not JSON.", {
      fields: [{ pointer: "#", detail: "must be valid JSON" }],
    });
  }
}
