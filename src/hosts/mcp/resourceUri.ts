import type { PromptKind } from '../../core/domain/promptFile.ts';

/** `promptly://prompt/a%20name` */
export const resourceUri = (kind: PromptKind, name: string): string =>
  `promptly://${kind}/${encodeURIComponent(name)}`;

export function parseResourceUri(uri: string): { kind: 'prompt' | 'skill'; name: string } | null {
  const match = /^promptly:\/\/(prompt|skill)\/([^/?#]+)$/.exec(uri);
  if (match === null) return null;
  try {
    return { kind: match[1] === 'skill' ? 'skill' : 'prompt', name: decodeURIComponent(match[2] ?? '') };
  } catch {
    return null;
  }
}
