import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Layers: shared <- runtime <- magics <- kernel; shared <- panels <- extension; shared, runtime <- local;
 * shared, runtime, local <- setup. `src/kernel/main.ts` is the place where the parts are joined.
 */
const ALLOWED = {
  shared: [],
  runtime: ['shared'],
  magics: ['shared', 'runtime'],
  kernel: ['shared', 'runtime', 'magics'],
  local: ['shared', 'runtime'],
  setup: ['shared', 'runtime', 'local'],
  panels: ['shared'],
  extension: ['shared', 'panels']
};
const LAYERS = Object.keys(ALLOWED);

const layerRules = LAYERS.map(layer => ({
  files: [`src/${layer}/**/*.ts`],
  ignores: ['src/kernel/main.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: LAYERS.filter(other => other !== layer && !ALLOWED[layer].includes(other)).map(
              other => `**/${other}/**`
            ),
            message: `src/${layer} may import from: ${[layer, ...ALLOWED[layer]].join(', ')}.`
          },
          ...(layer === 'shared' || layer === 'panels' || layer === 'extension'
            ? [{ group: ['node:*'], message: 'This layer runs in the browser.' }]
            : [])
        ]
      }
    ]
  }
}));

export default tseslint.config(
  { ignores: ['build/**', 'node_modules/**', '.headrace/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map(config => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.browser.json', './bench/page/tsconfig.json']
      }
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true }
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      complexity: ['error', 12],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error'
    }
  },
  ...layerRules,
  {
    files: ['test/**/*.ts', 'ui-tests/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'test'], package: 'node:test' }
          ]
        }
      ]
    }
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        AbortController: 'readonly'
      }
    }
  }
);
