import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

export default typescript.config(
  {
    ignores: [
      '**/node_modules/',
      '**/build/',
      '**/.svelte-kit/',
      '.regulars/',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  typescript.configs.recommended,
  svelte.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      'no-undef': 'off', // TypeScript knows better
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'all' }],
    },
  },
  {
    // One function describes one subject; its length is that of its list of cases.
    files: ['tests/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // A promise that nobody waits for loses its error.
    files: ['stack/**/*.ts', 'supabase/functions/**/*.ts', 'shared/**/*.ts', 'tests/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    // The runtime and its environment are touched in one place.
    files: ['supabase/functions/**/*.ts', 'shared/**/*.ts'],
    ignores: ['supabase/functions/_shared/runtime.ts', 'supabase/functions/*/index.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Deno', 'process'],
      'no-restricted-imports': ['error', { patterns: ['node:*'] }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'] },
    },
  },
);
