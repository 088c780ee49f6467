import { submit } from './submit.ts';

export const submitMagics = [submit];
