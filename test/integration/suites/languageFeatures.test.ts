import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { tokensOf } from '../support/grammar.ts';
import { activated, until, write } from '../support/workbench.ts';

const topic = `name: lang-topic
messages:
  - role: user
    content: Say something about {{topic}} in {{language}}.
variables:
  topic:
    description: What it is about
  language: { default: English }
testData:
  - { id: rain, topic: rain }
evaluators:
  - uses: promptly/contains
`;
const chain = `kind: chain
name: lang-chain
steps:
  - use: lang-topic
    with:
      topic: '{{input}}'
`;

/** Where the cursor stands: behind the first place of the text. */
function behind(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `"${text}" is not in the file`);
  return document.positionAt(at + text.length);
}

const execute = <Result>(command: string, ...rest: unknown[]): Thenable<Result> =>
  vscode.commands.executeCommand<Result>(command, ...rest);

describe('while somebody writes', () => {
  let document: vscode.TextDocument;
  const uris: vscode.Uri[] = [];
  const make = async (name: string, text: string): Promise<vscode.Uri> => {
    const uri = await write(name, text);
    uris.push(uri);
    return uri;
  };

  before(async () => {
    const api = await activated();
    const uri = await make('lang-topic.prompt.yaml', topic);
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await until('the index', async () => (await api.prompts()).some(({ name }) => name === 'lang-topic'));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of uris) await vscode.workspace.fs.delete(uri);
  });

  const completions = async (at: vscode.Position, of = document): Promise<readonly string[]> => {
    const list = await execute<vscode.CompletionList>('vscode.executeCompletionItemProvider', of.uri, at);
    return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  };

  it('keys, variables and evaluators are completed', async () => {
    assert.ok((await completions(new vscode.Position(0, 0))).includes('backend'));
    const variables = await completions(behind(document, 'about {{'));
    assert.deepEqual(
      ['topic', 'language'].filter((name) => variables.includes(name)),
      ['topic', 'language'],
    );
    const evaluators = await completions(behind(document, 'uses: promptly/'));
    assert.ok(evaluators.includes('promptly/rouge-l'), evaluators.join(', '));
  });

  it('a chain completes the workspace’s prompts, and goes to the one it names', async () => {
    const uri = await make('lang-chain.prompt.yaml', chain);
    const other = await vscode.workspace.openTextDocument(uri);
    assert.ok((await completions(behind(other, 'use: '), other)).includes('lang-topic'));
    const at = behind(other, 'use: lang');
    const links = await execute<vscode.LocationLink[]>('vscode.executeDefinitionProvider', uri, at);
    assert.deepEqual(
      links.map(({ targetUri }) => targetUri.path.split('/').at(-1)),
      ['lang-topic.prompt.yaml'],
    );
  });

  it('a pointer over a key is told what it means', async () => {
    const at = behind(document, 'evaluat');
    const hovers = await execute<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((part) => (part as vscode.MarkdownString).value),
    );
    assert.match(texts.join('\n'), /\*\*evaluators\*\*: /);
  });

  it('the outline holds what the file is made of', async () => {
    const symbols = await until('the outline', async () => {
      const found = await execute<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found?.find(({ name }) => name === 'lang-topic');
    });
    assert.deepEqual(
      symbols.children.map(({ name, children }) => [name, children.map((child) => child.name)]),
      [
        ['messages', ['user']],
        ['variables', ['topic', 'language']],
        ['testData', ['rain']],
        ['evaluators', ['promptly/contains']],
      ],
    );
  });

  it('two files of one name are told in both, open or not, and no longer when one is renamed', async () => {
    const twin = await make('lang-twin.prompt.yaml', topic);
    const messages = (uri: vscode.Uri): string =>
      vscode.languages
        .getDiagnostics(uri)
        .map(({ message }) => message)
        .join('\n');
    const isTold = (uri: vscode.Uri): boolean => messages(uri).includes('lang-topic');
    await until('both to be told', () => isTold(document.uri) && isTold(twin));
    await write('lang-twin.prompt.yaml', topic.replace('lang-topic', 'lang-other'));
    await until('both to be well', () => !isTold(document.uri) && !isTold(twin));
  });

  it('a step that names no prompt is told where it stands', async () => {
    const uri = await make(
      'lang-broken-chain.prompt.yaml',
      chain.replace('use: lang-topic', 'use: lang-topik'),
    );
    await vscode.workspace.openTextDocument(uri);
    const finding = await until('the finding', () =>
      vscode.languages.getDiagnostics(uri).find(({ message }) => message.includes('lang-topik')),
    );
    assert.equal(finding.range.start.line, 3);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
  });

  it('a file that is no YAML is mended by its quick fix', async () => {
    const broken = 'name: lang-unquoted\nmessages:\n  - role: user\n    content: {{text}} please\n';
    const uri = await make('lang-unquoted.prompt.yaml', broken);
    const editor = await vscode.window.showTextDocument(uri);
    const finding = await until('the finding', () => vscode.languages.getDiagnostics(uri)[0]);
    const actions = await execute<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, `no fix for "${finding.message}"`);
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(editor.document.getText(), /content: ["']\{\{text\}\} please["']/);
    await until('no finding', () =>
      vscode.languages
        .getDiagnostics(uri)
        .every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error),
    );
    await editor.document.save();
  });

  it('variables are coloured in every kind of text, and nowhere else', async () => {
    const text = [
      'name: lang-colours # {{comment}}',
      'description: plain {{plain}}',
      'messages:',
      '  - role: user',
      '    content: |',
      '      block {{block}} and {{{{literal}}',
      '  - { role: user, content: "double {{double}}" }',
      "  - { role: user, content: 'single {{single}}' }",
      '',
    ].join('\n');
    const extension = vscode.extensions.getExtension('promptly.promptly');
    assert.ok(extension);
    const manifest = extension.packageJSON as { contributes: { grammars: { path: string }[] } };
    const [grammar] = manifest.contributes.grammars;
    assert.ok(grammar);
    const tokens = await tokensOf(text, vscode.Uri.joinPath(extension.extensionUri, grammar.path).fsPath);
    const variables = tokens.filter(({ scopes }) => /variable\.\S*promptly/.test(scopes));
    assert.deepEqual(
      variables.map((token) => token.text),
      ['plain', 'block', 'double', 'single'],
    );
    const literal = tokens.find((token) => token.text === '{{{{');
    assert.match(literal?.scopes ?? '', /constant\.character\.escape/);
  });
});
