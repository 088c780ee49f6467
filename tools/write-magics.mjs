// Writes docs/magics.md from the definitions of the magics. Usage: npm run docs
import { writeFile } from 'node:fs/promises';
import { referencePage } from '../src/magics/reference.ts';

await writeFile(new URL('../docs/magics.md', import.meta.url), referencePage());
