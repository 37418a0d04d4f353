import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";

/** How the carrier's file is served: the n-th address that is minted for a recording behaves as the n-th delivery says. */
const Delivery = z.object({
  /** Of the answer to the download. */
  status: z.int().default(200),
  /** The connection breaks after so many bytes. */
  cutAfterBytes: z.int().nullable().default(null),
  /** Without it the answer is chunked. */
  tellsLength: z.boolean().default(true),
  /** Delivers a page of HTML in place of the audio. */
  isHtml: z.boolean().default(false),
});
export const ScriptedRecording = z.object({
  id: z.string(),
  legId: z.string(),
  /** Stereo, 16 bits, 8 kHz. */
  durationMs: z.int(),
  deliveries: z.array(Delivery).min(1),
});
export type ScriptedRecording = z.input<typeof ScriptedRecording>;

const HEADER_BYTES = 44;
const BYTES_PER_MS = 32;
/** One second of sound, repeated: loud on the first channel, half as loud on the second. */
const SECOND = Buffer.alloc(1_000 * BYTES_PER_MS);
for (let i = 0; i < SECOND.length / 4; i++) {
  const sample = i % 2 === 0 ? 16_384 : -16_384;
  SECOND.writeInt16LE(sample, 4 * i);
  SECOND.writeInt16LE(sample / 2, 4 * i + 2);
}

/** The bytes of a recording's file, piece by piece. */
function* fileOf(durationMs: number): Generator<Buffer> {
  const dataBytes = durationMs * BYTES_PER_MS;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(dataBytes, 40);
  yield header;
  for (let left = dataBytes; left > 0; left -= SECOND.length) yield SECOND.subarray(0, left);
}

function* deliveredPart(durationMs: number, cutAfterBytes: number | null): Generator<Buffer> {
  let sent = 0;
  for (const piece of fileOf(durationMs)) {
    if (cutAfterBytes !== null && sent >= cutAfterBytes) return;
    yield piece;
    sent += piece.length;
  }
}

interface Kept {
  readonly recording: z.infer<typeof ScriptedRecording>;
  minted: number;
  downloads: number;
  isDeleted: boolean;
}

/**
 * A carrier whose recordings behave as a test has scripted them: `PUT /recordings` scripts one, `GET /recordings/<id>` tells
 * what was asked of it; under `/v2` it speaks as Telnyx does, and every address that it mints is of one delivery.
 */
export async function startCarrier(): Promise<{ url: string; close(): Promise<void> }> {
  const kept = new Map<string, Kept>();
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port");
  const origin = `http://127.0.0.1:${address.port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", origin);
    const [, area, ...path] = url.pathname.split("/");
    if (area === "recordings" && request.method === "PUT") {
      const recording = ScriptedRecording.parse(JSON.parse(await textOf(request)));
      kept.set(recording.id, { recording, minted: 0, downloads: 0, isDeleted: false });
      return json(response, { url: mint(recording.id), ...digestOf(recording.durationMs) });
    }
    const found = kept.get(path.at(-1) ?? "");
    if (area === "recordings") return json(response, found ?? null);
    if (area === "files" && found !== undefined) return deliver(found, Number(path[0]), request, response);
    if (area === "v2" && path[0] === "recordings") return speakTelnyx(found, url, request, response);
    response.writeHead(404).end();
  }

  function mint(id: string): string {
    const found = kept.get(id);
    return `${origin}/files/${found === undefined ? 0 : found.minted++}/${id}`;
  }

  function speakTelnyx(found: Kept | undefined, url: URL, request: IncomingMessage, response: ServerResponse): void {
    const legId = url.searchParams.get("filter[call_leg_id]");
    if (request.headers.authorization !== "Bearer KEY-of-the-test") {
      json(response, { errors: [{ code: "10009", title: "Authentication failed" }] }, 401);
    } else if (legId !== null) {
      const ofLeg = [...kept.values()].filter(({ recording, isDeleted }) => recording.legId === legId && !isDeleted);
      json(response, { data: ofLeg.map(wireOf) });
    } else if (found === undefined || found.isDeleted) {
      json(response, { errors: [{ code: "10005", title: "Resource not found" }] }, 404);
    } else {
      if (request.method === "DELETE") found.isDeleted = true;
      json(response, { data: wireOf(found) });
    }
  }

  function wireOf({ recording }: Kept) {
    return {
      id: recording.id,
      call_leg_id: recording.legId,
      channels: "dual",
      duration_millis: recording.durationMs,
      download_urls: { wav: mint(recording.id) },
    };
  }

  async function deliver(found: Kept, n: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { deliveries, durationMs } = found.recording;
    const delivery = deliveries[Math.min(n, deliveries.length - 1)];
    found.downloads++;
    if (request.headers.authorization !== undefined) return void response.writeHead(400).end();
    if (delivery === undefined || delivery.status !== 200)
      return void response.writeHead(delivery?.status ?? 404).end();
    if (delivery.isHtml) return void response.end("<html>Please try again later</html>");
    const sizeBytes = HEADER_BYTES + durationMs * BYTES_PER_MS;
    if (delivery.tellsLength) response.setHeader("content-length", sizeBytes);
    await pipeline(Readable.from(deliveredPart(durationMs, delivery.cutAfterBytes)), response, { end: false }).catch(
      () => {},
    );
    if (delivery.cutAfterBytes === null) response.end();
    else response.destroy();
  }

  return {
    url: origin,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function digestOf(durationMs: number): { sha256: string; sizeBytes: number } {
  const hash = createHash("sha256");
  for (const piece of fileOf(durationMs)) hash.update(piece);
  return { sha256: hash.digest("hex"), sizeBytes: HEADER_BYTES + durationMs * BYTES_PER_MS };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
