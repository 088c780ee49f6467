import { sql } from './sql.ts';

export const sqlMagics = [sql];
