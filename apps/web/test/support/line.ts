/** The server's end of a socket, in the hands of a test. */
export class Line {
  static opened: Line[] = [];
  readonly url: string;
  readonly readyState = 1;
  binaryType = "";
  sent: string[] = [];
  isClosed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(url: string) {
    this.url = url;
    Line.opened.push(this);
  }
  /** As the socket's `open`: what the code under test takes for a WebSocket. */
  static open(url: string): WebSocket {
    return new Line(url) as unknown as WebSocket;
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.isClosed = true;
    this.onclose?.({ code: 1000 });
  }
  /** Says frames to the browser. */
  say(...frames: object[]) {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
  }
  /** The actions that the browser sent, of one kind. */
  actions(name: string): Record<string, unknown>[] {
    return this.sent
      .filter((text) => text.startsWith("{"))
      .map((text) => JSON.parse(text))
      .filter(({ action }) => action === name);
  }
  static get last(): Line {
    const line = Line.opened.at(-1);
    if (!line) throw new Error("no line was opened");
    return line;
  }
}
