import type { RawData, WebSocket } from "ws";
import type { Faults } from "../../faults/faults.ts";
import type { Received } from "../../http/received.ts";
import type { SocketDoor } from "../../http/sockets.ts";
import { AssemblyAiProblem, problems } from "../problem.ts";
import type { StreamDesk } from "./desk.ts";
import type { Line } from "./line.ts";
import { StreamRefusal } from "./refusal.ts";
import type { StreamSession } from "./session.ts";

/** The door to `/v3/ws`. The key is looked at behind it: a wrong one is told by an `Error` frame on the open socket, as the vendor does. */
export function streamDoor(desk: StreamDesk, faults: Faults, received: Received): SocketDoor {
  return ({ headers, method = "GET" }, { pathname, searchParams }) => {
    const note = (status: number) => {
      const at = new Date().toISOString();
      received.add({
        vendor: "assemblyai",
        at,
        method,
        path: pathname,
        body: Object.fromEntries(searchParams),
        status,
      });
    };
    try {
      if (pathname !== "/v3/ws") throw problems.notFound();
      const fault = faults.take({ target: "streaming", effects: ["refuse"] });
      if (fault !== undefined && fault.code === undefined) throw problems.injected(fault.status);
      const ordered = fault?.code === undefined ? undefined : new StreamRefusal(fault.code, fault.message);
      const open = desk.admit(searchParams, headers.authorization, ordered);
      note(101);
      return (socket) => serve(socket, open, desk);
    } catch (error) {
      if (!(error instanceof AssemblyAiProblem)) throw error;
      note(error.status);
      return { status: error.status, body: error.body };
    }
  };
}

function serve(socket: WebSocket, open: (line: Line) => StreamSession | null, desk: StreamDesk): void {
  // What breaks the protocol (a message that is too long) is answered by `ws` with a close, which is all that there is to say.
  socket.on("error", () => {});
  const session = open({
    send: (frame) => socket.send(JSON.stringify(frame)),
    close: (code, reason) => socket.close(code, reason),
    break: () => socket.terminate(),
  });
  if (session === null) return;
  socket.on("message", (data, isBinary) => {
    const bytes = bytesOf(data);
    if (isBinary) session.hearAudio(bytes);
    else session.hearText(bytes.toString("utf8"));
  });
  socket.on("close", (code) => desk.leave(session, code));
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}
