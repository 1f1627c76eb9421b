import * as vscode from 'vscode';
import { isThere } from './isThere.ts';
import type { ParseCache } from './parseCache.ts';
import type { PromptIndex } from './promptIndex.ts';
import { isPath, referenceAt, type FileReference } from './referenceAt.ts';
import { toEditorRange } from './toEditorRange.ts';
import { variableDeclarationAt, type VariableDeclaration } from './variableDeclarationAt.ts';

/** From `use:`, `prompt:` and file paths to what they name, from a variable to its declaration. */
export class DefinitionProvider implements vscode.DefinitionProvider {
  private readonly index: PromptIndex;
  private readonly cache: ParseCache;

  constructor(index: PromptIndex, cache: ParseCache) {
    this.index = index;
    this.cache = cache;
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.LocationLink[]> {
    const parsed = await this.cache.parse(document);
    const at = { line: position.line, column: position.character };
    const reference = referenceAt(parsed, at);
    if (reference === undefined) {
      const variable = variableDeclarationAt(parsed, at);
      return variable === undefined ? [] : [toLink(document.uri, variable)];
    }
    return (await this.targets(document, reference)).map((targetUri) => ({
      targetUri,
      targetRange: new vscode.Range(0, 0, 0, 0),
      originSelectionRange: toEditorRange(reference.range),
    }));
  }

  private async targets(document: vscode.TextDocument, reference: FileReference): Promise<vscode.Uri[]> {
    if (reference.kind === 'prompt' && !isPath(reference.target)) {
      return this.index.named(reference.target).map((entry) => entry.place);
    }
    const uri = vscode.Uri.joinPath(document.uri, '..', reference.target);
    return (await isThere(uri)) ? [uri] : [];
  }
}

function toLink(targetUri: vscode.Uri, { use, declaration }: VariableDeclaration): vscode.LocationLink {
  const targetRange = toEditorRange(declaration);
  return { targetUri, targetRange, originSelectionRange: toEditorRange(use) };
}
