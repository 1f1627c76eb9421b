/** The editor's entry point: composes, registers, done. */
export function activate(): void {
  // The rooms register themselves here as they are built.
}
