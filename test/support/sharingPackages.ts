import { createHash } from 'node:crypto';
import { manifestPath } from '../../src/core/sharing/packageManifest.ts';
import { zipBytes, type ZipPart } from './zipBytes.ts';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export const aPrompt = 'name: hello\nmessages:\n  - role: user\n    content: Greet {{who}}.\n';

/** The manifest that an honest package of these files has. */
export function manifestOf(files: Readonly<Record<string, string>>): Record<string, unknown> {
  return {
    format: 'promptly-package',
    schemaVersion: 1,
    name: 'some',
    created: '2026-01-02T03:04:05Z',
    files: Object.entries(files).map(([path, text]) => ({
      path,
      kind: /\.prompt\.ya?ml$/i.test(path) ? 'prompt' : 'attachment',
      size: Buffer.byteLength(text),
      sha256: sha256(text),
    })),
  };
}

/** A package of these files; `more` is added behind the manifest's back, `manifest` replaces it. */
export function packageBytes(
  files: Readonly<Record<string, string>>,
  options: { readonly manifest?: unknown; readonly more?: readonly ZipPart[]; readonly mode?: number } = {},
): Uint8Array {
  const manifest = options.manifest ?? manifestOf(files);
  return zipBytes([
    { name: manifestPath, data: typeof manifest === 'string' ? manifest : JSON.stringify(manifest) },
    ...Object.entries(files).map(([name, data]) => ({ name, data, mode: options.mode ?? 0 })),
    ...(options.more ?? []),
  ]);
}
