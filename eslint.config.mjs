import js from '@eslint/js';
import path from 'node:path';
import tseslint from 'typescript-eslint';

const stages = ['formats', 'planning', 'engine', 'evaluation', 'experiments', 'reporting', 'sharing'].map(
  (stage) => `src/core/${stage}`,
);

/** The import table: what a folder may import besides itself. */
const mayImport = {
  'src/core/domain': [],
  'src/core/statistics': [],
  'src/core/ports': ['src/core/domain'],
  'src/core/formats': ['src/core/domain'],
  'src/core/planning': ['src/core/domain'],
  'src/core/reporting': ['src/core/domain'],
  'src/core/sharing': ['src/core/domain', 'src/core/ports'],
  'src/core/engine': ['src/core/domain', 'src/core/ports'],
  'src/core/evaluation': ['src/core/domain', 'src/core/ports'],
  'src/core/experiments': ['src/core/domain', 'src/core/statistics'],
  'src/core/pipeline': [...stages, 'src/core/domain', 'src/core/ports'],
  'src/adapters': ['src/core/domain', 'src/core/ports'],
  'src/protocol': ['src/core/domain'],
  'src/hosts/vscode': [
    'src/composition.ts',
    'src/sharing.ts',
    'src/core/pipeline',
    'src/core/domain',
    'src/core/ports',
    'src/core/reporting',
    'src/protocol',
  ],
  'src/hosts/cli': [
    'package.json',
    // `promptly mcp` starts the other program.
    'src/hosts/mcp/main.ts',
    'src/nodeHost.ts',
    'src/sharing.ts',
    'src/core/pipeline',
    'src/core/domain',
    'src/core/ports',
    'src/core/reporting',
  ],
  'src/hosts/mcp': [
    'package.json',
    'src/nodeHost.ts',
    'src/core/pipeline',
    'src/core/domain',
    'src/core/ports',
    'src/core/reporting',
  ],
  'webview-ui': [
    'src/protocol',
    'src/core/domain',
    'src/core/statistics',
    // Numbers and hostile text read the same in the panel as in every report.
    'src/core/reporting/numberWords.ts',
    'src/core/reporting/plainText.ts',
    // An edit of the form means what an edit of its file means, and rows are read as a data file's.
    'src/core/formats/edit/applyToValue.ts',
    'src/core/formats/testData/readDelimited.ts',
  ],
};

/** The pure rooms and the packages each may use; the others use what they need. */
const mayUse = {
  'src/core/domain': [],
  'src/core/statistics': ['@stdlib/'],
  'src/core/ports': [],
  'src/core/formats': ['yaml', 'zod/mini'],
  'src/core/planning': [],
  'src/core/reporting': ['zod'],
  'src/core/sharing': ['diff'],
  'src/core/engine': [],
  'src/core/evaluation': ['@cfworker/json-schema', 'fastest-levenshtein', 're2js'],
  'src/core/experiments': [],
  'src/core/pipeline': ['fastest-levenshtein', 'jsonc-parser'],
  'src/protocol': [],
};

/** Names that say nothing of what is inside, and barrels. */
const emptyNames = ['utils', 'helpers', 'common', 'types', 'manager', 'index'];

/** The entry point and the wiring diagram see everything. */
const roots = [
  'src/extension.ts',
  'src/composition.ts',
  'src/nodeHost.ts',
  'src/sharing.ts',
  'src/statisticsThread.ts',
];

const roomOf = (file) => Object.keys(mayImport).find((room) => file.startsWith(`${room}/`));

/**
 * Enforces the import table. Sources import each other by relative path with the extension, so the text of an import
 * says which file it means and no resolver is needed.
 */
const importTable = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      outside: '{{file}} lies in no folder of the import table.',
      forbidden:
        '{{folder}} may not import {{target}}. Allowed: {{allowed}} (import table in eslint.config.mjs).',
      misnamed: '{{name}} is no name for a file: camelCase, after its one main export.',
    },
  },
  create(context) {
    const file = path.relative(import.meta.dirname, context.filename).replaceAll('\\', '/');
    const folder = roomOf(file);
    const isRoot = roots.includes(file);
    const forbid = (node, target, allowed) =>
      context.report({
        node,
        messageId: 'forbidden',
        data: { folder, target, allowed: allowed.join(', ') || 'nothing' },
      });
    const check = (node) => {
      const text = node.source?.value ?? node.source?.quasis?.[0]?.value.cooked;
      if (typeof text !== 'string' || folder === undefined) return;
      if (!text.startsWith('.')) {
        const packages = mayUse[folder];
        const isAllowed = packages?.some(
          (name) => text === name || (name.endsWith('/') && text.startsWith(name)),
        );
        if (isAllowed === false) forbid(node, text, packages);
        return;
      }
      const target = path.posix.join(path.posix.dirname(file), text);
      const allowed = [folder, ...mayImport[folder]];
      if (!allowed.some((room) => target === room || target.startsWith(`${room}/`)))
        forbid(node, target, allowed);
    };
    return {
      Program(node) {
        if (folder === undefined && !isRoot) context.report({ node, messageId: 'outside', data: { file } });
        const name = path.posix.basename(file).replace(/(\.d)?\.ts$/, '');
        if (!/^[a-z][A-Za-z0-9]*$/.test(name) || emptyNames.includes(name.toLowerCase()))
          context.report({ node, messageId: 'misnamed', data: { name } });
      },
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

const noNodeOrVscode = {
  patterns: [
    {
      group: ['node:*', 'fs', 'path', 'os', 'child_process', 'vscode'],
      message: 'This folder is pure: the world comes in through ports.',
    },
  ],
};

/** The world that needs no import. */
const ambientWorld = [
  ...['process', 'Buffer', 'require', 'globalThis', 'window', 'document', 'navigator', 'localStorage'],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'performance'],
].map((name) => ({ name, message: 'This folder is pure: the world comes in through ports.' }));

const noVscode = {
  patterns: [{ group: ['vscode'], message: 'Only hosts/vscode and extension.ts know the editor.' }],
};
const onlyOneFileKnowsTheToolkit = {
  group: ['@vscode/webview-ui-toolkit', '@vscode/webview-ui-toolkit/*'],
  message: 'webview-ui/components.ts is the only file that knows the component library.',
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
    plugins: { house: { rules: { 'import-table': importTable } } },
    rules: {
      'house/import-table': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    // It reads as a table of contents.
    files: ['src/extension.ts'],
    rules: { 'max-lines': ['error', 80] },
  },
  {
    files: ['src/core/**/*.ts', 'src/protocol/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', noNodeOrVscode],
      'no-restricted-globals': ['error', ...ambientWorld],
    },
  },
  {
    files: [
      'src/adapters/**/*.ts',
      'src/hosts/cli/**/*.ts',
      'src/hosts/mcp/**/*.ts',
      'src/composition.ts',
      'src/nodeHost.ts',
      'src/sharing.ts',
      'src/statisticsThread.ts',
    ],
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
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { require: 'readonly', exports: 'readonly' } },
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
