import { Hono } from "hono";
import { listen, type NodeBindings } from "../../src/http/listen.ts";

export interface FileServer {
  /** Serves bytes and returns their address. */
  put(bytes: Uint8Array, contentType?: string): string;
  readonly missing: string;
  close(): Promise<void>;
}

/** Serves files from memory, as a bucket would. */
export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, { bytes: Uint8Array<ArrayBuffer>; contentType: string }>();
  const app = new Hono<NodeBindings>();
  app.get("/:name", (c) => {
    const file = files.get(c.req.param("name"));
    return file === undefined ? c.notFound() : c.body(file.bytes, 200, { "content-type": file.contentType });
  });
  const listener = await listen(app, "127.0.0.1", 0);
  return {
    put(bytes, contentType = "audio/wav") {
      const name = `file-${files.size}`;
      files.set(name, { bytes: new Uint8Array(bytes), contentType });
      return `${listener.url}/${name}`;
    },
    missing: `${listener.url}/missing`,
    close: () => listener.close(),
  };
}
