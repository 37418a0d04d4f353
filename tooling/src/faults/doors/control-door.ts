/** The stand-ins' control door. */
export interface ControlDoor {
  /** Throws with the door's own words unless the answer is 2xx. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** The door at the address that the stand-ins told. */
export function controlDoor(url: string): ControlDoor {
  return {
    async ask(method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
  };
}
