import type { MoreUsesNode } from './more-uses-node.ts';
import type { UseNode } from './use-node.ts';
import type { UserNode } from './user-node.ts';

/** Everything that has a row in *Files in Use*. Commands get these as arguments. */
export type FilesNode = UseNode | UserNode | MoreUsesNode;
