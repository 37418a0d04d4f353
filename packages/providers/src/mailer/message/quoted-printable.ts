/** RFC 2045 6.7: at most 76 characters a line, of which the last may be the mark that the line goes on. */
const MAX_LINE = 75;

/** A text in quoted-printable, UTF-8, with CRLF between its lines, whatever stood between them before. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(encodeLine)
    .join("\r\n");
}

function encodeLine(line: string): string {
  const bytes = new TextEncoder().encode(line);
  const lines: string[] = [];
  let current = "";
  bytes.forEach((byte, n) => {
    const isLast = n === bytes.length - 1;
    const isPlain = (byte > 0x20 && byte < 0x7f && byte !== 0x3d) || ((byte === 0x20 || byte === 0x09) && !isLast);
    const token = isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    if (current.length + token.length > MAX_LINE) {
      lines.push(`${current}=`);
      current = "";
    }
    current += token;
  });
  return [...lines, current].join("\r\n");
}
