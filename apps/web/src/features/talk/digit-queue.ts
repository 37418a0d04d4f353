/**
 * Sends pressed digits in their order, one request at a time: what is pressed while one is on its way goes with the next.
 * A failure is told once, and the digits behind it are dropped: out of order they would mean something else.
 */
export function createDigitQueue(send: (digits: string) => Promise<unknown>, onFailure: (error: unknown) => void) {
  let waiting = "";
  let isSending = false;

  async function drain() {
    if (isSending) return;
    isSending = true;
    try {
      while (waiting !== "") {
        const digits = waiting;
        waiting = "";
        await send(digits);
      }
    } catch (error) {
      waiting = "";
      onFailure(error);
    } finally {
      isSending = false;
    }
  }

  return (digit: string) => {
    waiting += digit;
    void drain();
  };
}
