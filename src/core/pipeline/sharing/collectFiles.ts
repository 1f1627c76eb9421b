import { hasErrors } from '../../domain/diagnostic.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import { isPromptFile, type SharedFile, type SharedKind, type SharingNotice } from '../../domain/sharing.ts';
import { FileError } from '../../ports/fileSystem.ts';
import { findSecrets } from '../../sharing/findSecrets.ts';
import { executorsOf, looksLikePath, namedFilesOf, promptReferencesOf } from '../../sharing/namedFiles.ts';
import { packageLimits } from '../../sharing/packageLimits.ts';
import { refusePath } from '../../sharing/packagePath.ts';
import { scriptImports } from '../../sharing/scriptImports.ts';
import { ownFilesOf } from './ownFilesOf.ts';
import { inWorkspace, toText, type SharingWorld } from './sharingWorld.ts';

export interface CollectedFiles {
  /** Sorted by path. */
  readonly files: readonly SharedFile[];
  /** The prompt files among them, as they were read. */
  readonly prompts: readonly ParsedFile[];
  readonly warnings: readonly SharingNotice[];
  /** Not empty: nothing may be exported. */
  readonly problems: readonly SharingNotice[];
  /** When the newest file was changed; milliseconds since 1970. */
  readonly newestMs: number;
}

/** Prompt files with everything they refer to, as it is on disk. `paths` are absolute and lie in the folder. */
export async function collectFiles(world: SharingWorld, paths: readonly string[]): Promise<CollectedFiles> {
  const collector = new Collector(world);
  for (const path of paths) await collector.addPrompt(path);
  return collector.result();
}

class Collector {
  private readonly files = new Map<string, SharedFile>();
  private readonly prompts: ParsedFile[] = [];
  private readonly warnings: SharingNotice[] = [];
  private readonly problems: SharingNotice[] = [];
  private readonly world: SharingWorld;
  private newestMs = 0;
  private totalBytes = 0;

  constructor(world: SharingWorld) {
    this.world = world;
  }

  result(): CollectedFiles {
    const files = [...this.files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const { prompts, warnings, problems, newestMs } = this;
    return { files, prompts, warnings, problems, newestMs };
  }

  /** `at`: what names it. */
  async addPrompt(
    given: string,
    at?: { readonly file: string; readonly line: number | null },
  ): Promise<void> {
    const { disk, folder } = this.world;
    const absolute = await inWorkspace(this.world, given);
    const path = disk.relative(folder, absolute);
    if (this.files.has(path)) return;
    const { parsePromptFile, maxFileBytes } = await import('../language.ts');
    const file = await this.addFile(absolute, 'prompt', at ?? { file: path, line: null }, maxFileBytes);
    const text = file === null ? null : toText(file.bytes);
    if (file === null || text === null) return;
    const parsed = parsePromptFile(text, absolute);
    this.files.set(path, { ...file, kind: parsed.kind });
    this.prompts.push(parsed);
    if (parsed.file === null || hasErrors(parsed.diagnostics)) {
      const first = parsed.diagnostics.find(({ severity }) => severity === 'error');
      const words = first?.message ?? 'It cannot be read.';
      this.problems.push({ file: path, line: (first?.range.start.line ?? 0) + 1, message: words });
      return;
    }
    for (const { reference, at, ref } of promptReferencesOf(parsed.file)) {
      await this.addReferenced(parsed, path, reference, parsed.locate(at).start.line + 1, ref);
    }
    for (const { relative, kind, at } of namedFilesOf(parsed.file)) {
      const line = parsed.locate(at, 'value').start.line + 1;
      await this.addNamed(absolute, relative, kind, { file: path, line });
    }
    if (parsed.kind === 'skill') await this.addOwnFolder(absolute);
    for (const name of executorsOf(parsed.file)) {
      this.warn(
        path,
        null,
        `It runs on \`${name}\`, which is set up in the settings (promptly.executors) and is not part of the package.`,
      );
    }
  }

  /** A skill in a folder of its own, as `skills/review/review.prompt.yaml`, takes the whole folder along. */
  private async addOwnFolder(absolute: string): Promise<void> {
    const { disk, folder } = this.world;
    for (const path of await ownFilesOf(this.world, absolute)) {
      if (this.files.has(disk.relative(folder, path))) continue;
      await this.addFile(
        path,
        'attachment',
        { file: disk.relative(folder, absolute), line: null },
        packageLimits.fileBytes,
      );
    }
  }

  private async addReferenced(
    parsed: ParsedFile,
    path: string,
    reference: string,
    line: number,
    ref: string | undefined,
  ): Promise<void> {
    const { disk, prompts } = this.world;
    if (ref !== undefined) {
      const words = `\`${reference}\` is tested at the git revision ${ref}; a package holds no history, only the file as it is now.`;
      this.warn(path, line, words);
    }
    if (looksLikePath(reference)) {
      const target = disk.resolve(parsed.path, reference);
      if (ref === undefined || (await disk.kindOf(target)) === 'file')
        await this.addPrompt(target, { file: path, line });
      return;
    }
    const found = await prompts.find(reference, parsed.path);
    switch (found.status) {
      case 'found':
        return this.addPrompt(found.file.path);
      case 'refused':
        this.refuse(path, line, found.message);
        return;
      case 'ambiguous':
        this.refuse(path, line, `Two files are called \`${reference}\`. Rename one of them.`);
        return;
      case 'not-found':
        if (ref === undefined)
          this.refuse(
            path,
            line,
            `There is no prompt \`${reference}\`. Mend the reference, or leave the file out.`,
          );
    }
  }

  private async addNamed(
    from: string,
    relative: string,
    kind: SharedKind,
    at: { readonly file: string; readonly line: number | null },
  ): Promise<void> {
    const { disk, folder } = this.world;
    const absolute = disk.resolve(from, relative);
    if (this.files.has(disk.relative(folder, absolute))) return;
    if (isPromptFile(absolute)) return this.addPrompt(absolute, at);
    const added = await this.addFile(absolute, kind, at, packageLimits.fileBytes);
    if (added !== null && kind === 'script') await this.followScript(absolute, added);
  }

  private async followScript(absolute: string, script: SharedFile): Promise<void> {
    const { files, packages } = scriptImports(toText(script.bytes) ?? '');
    for (const relative of files) {
      await this.addNamed(absolute, relative, 'script', { file: script.path, line: null });
    }
    if (packages.length > 0) {
      this.warn(script.path, null, `It needs ${packages.join(', ')}, which is not part of the package.`);
    }
  }

  private async addFile(
    absolute: string,
    kind: SharedKind,
    at: { readonly file: string; readonly line: number | null },
    maxBytes: number,
  ): Promise<SharedFile | null> {
    const { disk, folder } = this.world;
    const real = disk.contains(folder, absolute) ? await disk.realPath(absolute).catch(() => absolute) : null;
    const path = disk.relative(folder, absolute);
    if (real === null || !disk.contains(folder, real)) {
      this.refuse(
        at.file,
        at.line,
        `${path} lies outside the workspace folder and cannot be exported. Move or copy it into the workspace.`,
      );
      return null;
    }
    const unfit = refusePath(path);
    if (unfit !== null) {
      this.refuse(
        at.file,
        at.line,
        `${path} ${unfit}, so it cannot be part of a package. Move or rename it.`,
      );
      return null;
    }
    try {
      const bytes = await disk.readBytes(absolute, maxBytes);
      this.newestMs = Math.max(this.newestMs, await disk.modifiedMs(absolute));
      this.totalBytes += bytes.length;
      if (this.totalBytes > packageLimits.totalBytes) {
        this.refuse(
          at.file,
          at.line,
          'The files are larger together than a package may be (64 MiB). Export fewer at once.',
        );
        return null;
      }
      const file = { path, kind, bytes };
      this.files.set(path, file);
      this.warnOfSecrets(file);
      return file;
    } catch (error) {
      if (!FileError.is(error)) throw error;
      const words =
        error.reason === 'not-found'
          ? `${path} does not exist. Mend its name, or leave it out.`
          : error.reason === 'too-large'
            ? `${path} is larger than the ${Math.round(maxBytes / 1024 / 1024)} MiB allowed.`
            : `${path} cannot be read. Is it a regular file, and may you read it?`;
      this.refuse(at.file, at.line, words);
      return null;
    }
  }

  private warnOfSecrets({ path, bytes }: SharedFile): void {
    for (const { line, what } of findSecrets(toText(bytes) ?? '').slice(0, 10)) {
      this.warn(
        path,
        line,
        `This looks like ${what}. Take it out before you share the file, and replace the key if it is real.`,
      );
    }
  }

  private warn(file: string, line: number | null, message: string): void {
    this.warnings.push({ file, line, message });
  }

  private refuse(file: string, line: number | null, message: string): void {
    this.problems.push({ file, line, message });
  }
}
