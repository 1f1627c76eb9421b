import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const stages = ['formats', 'planning', 'engine', 'evaluation', 'experiments', 'reporting'].map(
  (s) => `core/${s}`,
);

/**
 * The import table: which folders of src/ a folder may import besides itself.
 * A folder that is not listed here fails the "every file lies in a room" check below.
 */
const mayImport = {
  'core/domain': [],
  'core/statistics': [],
  'core/ports': ['core/domain'],
  'core/formats': ['core/domain'],
  'core/planning': ['core/domain'],
  'core/reporting': ['core/domain'],
  'core/engine': ['core/domain', 'core/ports'],
  'core/evaluation': ['core/domain', 'core/ports'],
  'core/experiments': ['core/domain', 'core/statistics'],
  'core/pipeline': [...stages, 'core/domain', 'core/ports'],
  adapters: ['core/domain', 'core/ports'],
  protocol: ['core/domain'],
  'hosts/vscode': ['core/pipeline', 'core/domain', 'core/ports', 'core/reporting', 'protocol'],
  'hosts/cli': ['core/pipeline', 'core/domain', 'core/ports', 'core/reporting'],
  'hosts/mcp': ['core/pipeline', 'core/domain', 'core/ports', 'core/reporting'],
};

/** The entry points and the wiring diagram may see everything their floor needs. */
const roots = ['extension.ts', 'composition.ts'];

const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [
    `./${folder}`,
    ...allowed.map((other) => `./${other}`),
    ...(folder.startsWith('hosts/') ? ['./composition.ts'] : []),
  ],
  message: `src/${folder} may import only itself${allowed.length ? `, ${allowed.join(', ')}` : ''} (import table in eslint.config.mjs).`,
}));

const webviewZone = {
  target: './webview-ui',
  from: './src',
  except: ['./protocol', './core/domain', './core/statistics'],
  message:
    'webview-ui may import only protocol, domain and the pure statistics (import table in eslint.config.mjs).',
};

const noNodeOrVscode = {
  patterns: [
    {
      group: ['node:*', 'fs', 'path', 'os', 'child_process', 'vscode'],
      message: 'This folder is pure: the world comes in through ports.',
    },
  ],
};

const noVscode = {
  patterns: [{ group: ['vscode'], message: 'Only hosts/vscode and extension.ts know the editor.' }],
};
const onlyOneFileKnowsTheToolkit = {
  group: ['@vscode/webview-ui-toolkit', '@vscode/webview-ui-toolkit/*'],
  message: 'webview-ui/components.ts is the only file that knows the component library.',
};

/** Every file of src/ lies in a folder of the import table, so that a new folder cannot escape it. */
const everyFileLiesInARoom = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { outside: '{{file}} lies in no folder of the import table.' },
  },
  create(context) {
    return {
      Program(node) {
        const file = context.filename.replaceAll('\\', '/').split('/src/').pop();
        const known =
          roots.includes(file) || Object.keys(mayImport).some((folder) => file.startsWith(`${folder}/`));
        if (!known) context.report({ node, messageId: 'outside', data: { file } });
      },
    };
  },
};

export default tseslint.config(
  { ignores: ['dist/', 'artifacts/', '.vscode-test/', 'coverage/', 'test/fixtures/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'webview-ui/**/*.ts'],
    plugins: { 'import-x': importX, house: { rules: { 'every-file-lies-in-a-room': everyFileLiesInARoom } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: [...zones, webviewZone] }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/resolver': { node: { extensions: ['.ts', '.js'] } },
    },
  },
  { files: ['src/**/*.ts'], rules: { 'house/every-file-lies-in-a-room': 'error' } },
  {
    files: ['src/core/**/*.ts', 'src/protocol/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', noNodeOrVscode] },
  },
  {
    files: ['src/adapters/**/*.ts', 'src/hosts/cli/**/*.ts', 'src/hosts/mcp/**/*.ts', 'src/composition.ts'],
    rules: { 'no-restricted-imports': ['error', noVscode] },
  },
  {
    files: ['webview-ui/**/*.ts'],
    ignores: ['webview-ui/components.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [...noNodeOrVscode.patterns, onlyOneFileKnowsTheToolkit] },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'vitest' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
