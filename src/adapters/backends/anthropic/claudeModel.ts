import { claudeTakes } from '../../../core/domain/modelTakes.ts';

/** What a Claude model takes, and how it thinks. */
export interface ClaudeModel {
  /** temperature and topP; also means the API version of 2023, which is the one that takes them. */
  readonly sampling: boolean;
  readonly effort: boolean;
  /** How thinking is turned off; null where it cannot be. `omit`: it is off unless asked for. */
  readonly thinkingOff: 'omit' | 'disabled' | 'between_tools' | null;
}

const alwaysThinks = /^claude-(opus-5-5|fable|mythos)/;

export function claudeModel(id: string): ClaudeModel {
  const takes = claudeTakes(id);
  if (takes.sampling) return { ...takes, thinkingOff: 'omit' };
  const thinkingOff = alwaysThinks.test(id)
    ? null
    : id.startsWith('claude-sonnet-5-5')
      ? 'between_tools'
      : 'disabled';
  return { ...takes, thinkingOff };
}
