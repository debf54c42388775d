import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const lib = (...tags) => tags.map((tag) => `type:${tag}`);

export default tseslint.config(
  {
    ignores: ['**/dist', '**/out-tsc', '**/generated', '**/*.cjs', '.dev-stack', '.nx'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    files: ['**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          banTransitiveDependencies: true,
          depConstraints: [
            { sourceTag: 'type:errors', onlyDependOnLibsWithTags: [] },
            {
              sourceTag: 'type:domain',
              onlyDependOnLibsWithTags: [],
              allowedExternalImports: ['fast-check'],
            },
            {
              sourceTag: 'type:contracts',
              onlyDependOnLibsWithTags: [],
              bannedExternalImports: ['pg', 'amqplib', 'ioredis', 'bullmq', 'express', '@prisma/*'],
            },
            { sourceTag: 'type:data', onlyDependOnLibsWithTags: lib('errors', 'testing') },
            { sourceTag: 'type:runtime', onlyDependOnLibsWithTags: lib('errors', 'testing') },
            {
              sourceTag: 'type:adapter',
              onlyDependOnLibsWithTags: lib('errors', 'contracts', 'testing'),
            },
            {
              sourceTag: 'type:ledger',
              onlyDependOnLibsWithTags: lib('errors', 'contracts', 'domain', 'data', 'testing'),
            },
            {
              sourceTag: 'type:upkeep',
              onlyDependOnLibsWithTags: lib(
                'errors',
                'data',
                'ledger',
                'adapter',
                'runtime',
                'testing',
              ),
            },
            {
              sourceTag: 'type:app',
              onlyDependOnLibsWithTags: lib(
                'errors',
                'contracts',
                'domain',
                'ledger',
                'upkeep',
                'data',
                'adapter',
                'runtime',
                'testing',
              ),
            },
            {
              sourceTag: 'app:outbox-relay',
              notDependOnLibsWithTags: lib('domain', 'ledger', 'upkeep'),
            },
            {
              sourceTag: 'app:audit-api',
              notDependOnLibsWithTags: lib('domain', 'ledger', 'upkeep'),
            },
            {
              sourceTag: 'type:testing',
              onlyDependOnLibsWithTags: lib('data', 'contracts', 'errors'),
            },
            { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: lib('testing', 'contracts') },
          ],
        },
      ],
      'max-lines': ['warn', { max: 300, skipBlankLines: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    // Globs are relative to the project whose eslint.config.mjs spreads this one.
    files: ['src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.e2e-spec.ts', 'src/**/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: '@inventory-events/testing', message: 'Only specs import testing.' }] },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setImmediate: 'readonly',
        fetch: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
        structuredClone: 'readonly',
        TextDecoder: 'readonly',
      },
    },
  },
);
