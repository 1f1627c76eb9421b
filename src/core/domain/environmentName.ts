/** The environment variable of a setting: `ollama.keepAlive` → `PROMPTLY_OLLAMA_KEEP_ALIVE`. */
export const environmentName = (key: string): string =>
  `PROMPTLY_${key
    .replaceAll('.', '_')
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase()}`;
