/** A log for people who look into a problem. Never prompt text, model output, headers or keys. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}
