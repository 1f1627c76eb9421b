import type { Usage } from '../../../core/domain/chat.ts';
import { t } from '../l10n.ts';

/** Unknown is left out or shown as "?", never as 0. */
export function tokensOf({
  inputTokens,
  outputTokens,
}: Pick<Usage, 'inputTokens' | 'outputTokens'>): readonly string[] {
  if (inputTokens === null && outputTokens === null) return [t('tokens unknown')];
  return [t('tokens {0} in, {1} out', inputTokens ?? '?', outputTokens ?? '?')];
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
