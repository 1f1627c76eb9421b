/** The prompt that a variant names. */
export function referenceOf(variant: unknown): string | undefined {
  if (typeof variant === 'string') return variant;
  if (typeof variant !== 'object' || variant === null || !('prompt' in variant)) return undefined;
  return typeof variant.prompt === 'string' ? variant.prompt : undefined;
}
