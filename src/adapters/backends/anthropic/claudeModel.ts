/** What a Claude model takes, from its id: models before 4.7 and after differ in more than they share. */
export interface ClaudeModel {
  /** temperature and topP; also means the API version of 2023, which is the one that takes them. */
  readonly sampling: boolean;
  readonly effort: boolean;
  /** How thinking is turned off; null where it cannot be. `omit`: it is off unless asked for. */
  readonly thinkingOff: 'omit' | 'disabled' | 'between_tools' | null;
}

const before47 = /^claude-(instant|2|3)|^claude-(opus|sonnet|haiku)-4(-[0-6])?(-\d{8}|-latest|-0)?$/;
const effortBefore47 = /-4-6|opus-4-5/;
const alwaysThinks = /^claude-(opus-5-5|fable|mythos)/;

export function claudeModel(id: string): ClaudeModel {
  if (before47.test(id)) return { sampling: true, effort: effortBefore47.test(id), thinkingOff: 'omit' };
  const thinkingOff = alwaysThinks.test(id)
    ? null
    : id.startsWith('claude-sonnet-5-5')
      ? 'between_tools'
      : 'disabled';
  return { sampling: false, effort: true, thinkingOff };
}
