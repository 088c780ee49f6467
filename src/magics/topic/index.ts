import { topicCreate } from './create.ts';
import { topicDelete } from './delete.ts';
import { topicDescribe } from './describe.ts';
import { topicList } from './list.ts';
import { topicPeek } from './peek.ts';

export const topicMagics = [topicCreate, topicList, topicDescribe, topicDelete, topicPeek];
