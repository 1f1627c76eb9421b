import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../../../src/core/ports/settings.ts';
import { agentToolNames } from '../../../../src/hosts/vscode/agents/agentToolNames.ts';
import { commandIds } from '../../../../src/hosts/vscode/commandIds.ts';
import { toSettings } from '../../../../src/hosts/vscode/settings.ts';

interface Setting {
  readonly default: unknown;
  readonly scope: string;
  readonly order: number;
  readonly markdownDescription: string;
}
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string }[]>>;
    readonly languageModelTools: readonly {
      name: string;
      toolReferenceName: string;
      modelDescription: string;
      when?: string;
      inputSchema: { properties: Readonly<Record<string, { description?: string }>> };
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
  readonly capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const words = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const { commands, menus, configuration } = manifest.contributes;
const settings = Object.entries(configuration.properties);

test('the commands of the manifest are those of the code', () => {
  const ids = Object.values(commandIds) as string[];
  expect(commands.map(({ command }) => command).sort()).toEqual([...ids].sort());
  for (const entries of Object.values(menus))
    for (const { command } of entries) expect(ids).toContain(command);
});

test('the tools of agents are those of the code; those that ask a model say when not to, and need trust', () => {
  const { languageModelTools: tools } = manifest.contributes;
  expect(tools.map(({ name }) => name).sort()).toEqual(Object.values(agentToolNames).sort());
  for (const { name, toolReferenceName, modelDescription, when } of tools) {
    // The editor refuses other names, and those that begin like its own.
    expect(name).toMatch(/^(?!copilot_|vscode_)[\w-]+$/);
    expect(toolReferenceName).toMatch(/^[\w-]+$/);
    expect(modelDescription).toMatch(/\b(not|only)\b/i);
    expect(when).toBe(name === agentToolNames.listPrompts ? undefined : 'isWorkspaceTrusted');
  }
});

test('every command has the category and a title in title case', () => {
  for (const { category, title } of commands) {
    expect(category).toBe('Promptly');
    expect(words[title.slice(1, -1)]).toMatch(/^[A-Z]/);
  }
});

test('every text of the manifest has words, and no word is left over', () => {
  const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
  expect([...used].sort()).toEqual(Object.keys(words).sort());
});

test('the defaults of the manifest are those of the engine', () => {
  const defaults = new Map(
    settings.map(([name, { default: value }]) => [name.slice('promptly.'.length), value]),
  );
  const read = (name: string): unknown => defaults.get(name);
  expect(toSettings({ read, isSet: () => false }, {})).toEqual(defaultSettings);
});

test('settings are ordered, described and scoped', () => {
  expect(settings.map(([, { order }]) => order)).toEqual(settings.map((_, index) => index));
  for (const [, { scope, markdownDescription }] of settings) {
    expect(['resource', 'machine', 'window']).toContain(scope);
    expect(words[markdownDescription.slice(1, -1)]).toBeTruthy();
  }
});

test('what starts a program or sends data elsewhere cannot come from a repository, and no setting holds a key', () => {
  const guarded = settings.filter(([name]) => /url$|executors|runtimePath/i.test(name));
  expect(guarded.length).toBe(5);
  for (const [name, { scope }] of guarded) {
    expect(scope, name).toBe('machine');
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(name);
  }
  expect(settings.filter(([name]) => /key|secret|token$/i.test(name))).toEqual([]);
});
