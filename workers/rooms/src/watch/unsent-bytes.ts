/**
 * What waits to be sent to a socket, in bytes. Not every version of the runtime counts it; where it does not, this is 0, and
 * what clients acknowledge is the only bound.
 */
export function unsentBytesOf(socket: WebSocket): number {
  return socket.bufferedAmount ?? 0;
}
