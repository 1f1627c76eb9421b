import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

/** The part of the editor's own grammar engine that is used here. */
interface Textmate {
  readonly INITIAL: unknown;
  readonly Registry: new (options: unknown) => {
    loadGrammar(scope: string): Promise<{
      tokenizeLine(
        line: string,
        stack: unknown,
      ): { tokens: { startIndex: number; endIndex: number; scopes: string[] }[]; ruleStack: unknown };
    } | null>;
  };
  parseRawGrammar(text: string, file: string): unknown;
}
interface Oniguruma {
  loadWASM(bytes: Uint8Array): Promise<void>;
  createOnigScanner(patterns: string[]): unknown;
  createOnigString(text: string): unknown;
}

export interface Token {
  readonly text: string;
  /** Separated by blanks. */
  readonly scopes: string;
}

/** Colours a text as the editor does: its own engine, its own YAML grammar, and what the extension injects into it. */
export async function tokensOf(text: string, injection: string): Promise<readonly Token[]> {
  const { appRoot } = vscode.env;
  const load = createRequire(path.join(appRoot, 'package.json'));
  const textmate = load('vscode-textmate') as Textmate;
  const oniguruma = load('vscode-oniguruma') as Oniguruma;
  const wasm = path.join(path.dirname(load.resolve('vscode-oniguruma')), 'onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const yaml = path.join(appRoot, 'extensions', 'yaml', 'syntaxes');
  const fileOf = (scope: string): string =>
    scope === 'promptly.injection'
      ? injection
      : path.join(
          yaml,
          `${scope
            .replace(/^source\./, '')
            .replaceAll('.', '-')
            .replace(/-(\d)-(\d)$/, '-$1.$2')}.tmLanguage.json`,
        );
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => oniguruma.createOnigScanner(patterns),
      createOnigString: (line: string) => oniguruma.createOnigString(line),
    }),
    loadGrammar: (scope: string) => {
      const file = fileOf(scope);
      return Promise.resolve(textmate.parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: (scope: string) => (scope === 'source.yaml' ? ['promptly.injection'] : []),
  });
  const grammar = await registry.loadGrammar('source.yaml');
  if (grammar === null) throw new Error('the editor has no grammar for YAML');
  const tokens: Token[] = [];
  let stack = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens)
      tokens.push({ text: line.slice(startIndex, endIndex), scopes: scopes.join(' ') });
  }
  return tokens;
}
