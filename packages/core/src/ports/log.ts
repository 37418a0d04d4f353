/** Where a verb says what it did. `fields` become fields of one JSON line; nothing secret and no body goes in. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}
