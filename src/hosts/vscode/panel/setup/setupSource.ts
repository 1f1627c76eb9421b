import * as vscode from 'vscode';
import type { JsonObject, JsonValue } from '../../../../core/domain/json.ts';
import type { ParsedFile } from '../../../../core/domain/parsedFile.ts';
import type { AdHocTest } from '../../../../core/pipeline/experiments/experimentRequests.ts';
import type { SetupEdit, SetupLock } from '../../../../protocol/setup.ts';
import { t } from '../../l10n.ts';
import { loadLanguage } from '../../language.ts';
import type { ParseCache } from '../../parseCache.ts';

/** What a set-up says now. */
export interface SetupReading {
  /** As it is written; null while it cannot be read. */
  readonly value: JsonObject | null;
  /** null when there is no file at all. */
  readonly parsed: ParsedFile | null;
  /** Why it cannot be edited; null when it can. */
  readonly lock: SetupLock | null;
}

/** Where a set-up lives: in a file, or in the panel alone. */
export interface SetupSource {
  /** Relative references start here. A draft's file need not exist. */
  readonly uri: vscode.Uri;
  readonly isDraft: boolean;
  /** What is planned instead of the file, where that is more than a file can say. */
  readonly test?: AdHocTest;
  read(): Promise<SetupReading>;
  /** Makes the changes; or says, in a sentence, why they cannot be made. */
  apply(edits: readonly SetupEdit[]): Promise<string | null>;
}

const attempts = 5;

/** An A/B test file: edits are ordinary ones, which can be undone, and leave its comments where they are. */
export function createFileSetup(uri: vscode.Uri, cache: ParseCache): SetupSource {
  return {
    uri,
    isDraft: false,
    async read() {
      let document: vscode.TextDocument;
      try {
        document = await vscode.workspace.openTextDocument(uri);
      } catch {
        return {
          value: null,
          parsed: null,
          lock: { message: t('The file cannot be read any more.'), startable: false, place: null },
        };
      }
      const parsed = await cache.parse(document);
      const tree = (await loadLanguage()).readYaml(parsed.text);
      const error = tree.diagnostics.find(({ severity }) => severity === 'error');
      if (error !== undefined || !isObject(tree.value)) {
        const finding = error ?? parsed.diagnostics[0];
        const start = finding?.range.start ?? { line: 0, column: 0 };
        const what = finding?.message ?? '';
        const message = t(
          'Line {0} of the file: {1} The form can be edited again when that is mended.',
          start.line + 1,
          what,
        );
        return { value: null, parsed, lock: { message, startable: false, place: start } };
      }
      if (parsed.kind !== 'abtest') {
        const message = t('The file is no A/B test any more: its kind is {0}.', parsed.kind);
        return { value: null, parsed, lock: { message, startable: false, place: { line: 0, column: 0 } } };
      }
      return { value: tree.value, parsed, lock: null };
    },
    async apply(edits) {
      const { editPromptFile } = await loadLanguage();
      for (let attempt = 0; attempt < attempts; attempt++) {
        const document = await vscode.workspace.openTextDocument(uri);
        const edited = editPromptFile(document.getText(), edits);
        if (edited.status === 'refused') return edited.diagnostics[0]?.message ?? '';
        if (edited.edits.length === 0) return null;
        const change = new vscode.WorkspaceEdit();
        for (const { range, newText } of edited.edits) {
          const { start, end } = range;
          change.replace(uri, new vscode.Range(start.line, start.column, end.line, end.column), newText);
        }
        // Refused when the text has changed meanwhile: then once more, on what it is now.
        if (await vscode.workspace.applyEdit(change)) return null;
      }
      return t('The file could not be changed: it was changed at the same moment.');
    },
  };
}

export type DraftSetup = SetupSource & { readonly value: JsonObject };

/** A test without a file: the panel keeps it until it is saved. */
export function createDraftSetup(uri: vscode.Uri, start: JsonObject): DraftSetup {
  let value = start;
  return {
    uri,
    isDraft: true,
    get value() {
      return value;
    },
    async read() {
      const { createPromptFile, parsePromptFile } = await loadLanguage();
      return { value, parsed: parsePromptFile(createPromptFile(value), uri.fsPath), lock: null };
    },
    async apply(edits) {
      const { applyToValue } = await loadLanguage();
      let changed: JsonValue = value;
      for (const edit of edits) {
        const applied = applyToValue(changed, edit);
        if ('problem' in applied) return t('This part is not there any more.');
        changed = applied.value;
      }
      if (isObject(changed)) value = changed;
      return null;
    },
  };
}

/** A test of texts that are in no file, such as a proposal: it can be started, not edited. */
export function createProposalSetup(uri: vscode.Uri, test: AdHocTest): SetupSource {
  const value: JsonObject = {
    kind: 'abtest',
    name: test.name,
    variants: test.variants.map(({ label, prompt }) => ({
      label,
      prompt: typeof prompt === 'string' ? prompt : prompt.name,
    })),
  };
  const message = t('A proposal that is in no file yet is tested here. Apply it to edit the test.');
  return {
    uri,
    isDraft: true,
    test,
    async read() {
      const { createPromptFile, parsePromptFile } = await loadLanguage();
      const parsed = parsePromptFile(createPromptFile(value), uri.fsPath);
      return { value, parsed, lock: { message, startable: true, place: null } };
    },
    apply: () => Promise.resolve(message),
  };
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
