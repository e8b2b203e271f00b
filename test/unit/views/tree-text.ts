import type { TreeModel } from '../../../src/views/tasks/tree-model.ts';
import type { TreeNode } from '../../../src/views/tasks/tree-node.ts';

/** What a tree shows with all its groups and batches open, a row a line, indented by depth. */
export async function treeText(model: TreeModel, node?: TreeNode, depth = 0): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const child of await model.children(node)) {
    lines.push(`${'  '.repeat(depth)}${child.face.label} | ${child.face.description}`);
    if (child.kind === 'group' || child.kind === 'batch') lines.push(...(await treeText(model, child, depth + 1)));
  }
  return lines;
}

/** The node at a path of labels. */
export async function nodeAt(model: TreeModel, ...labels: readonly string[]): Promise<TreeNode> {
  let node: TreeNode | undefined;
  for (const label of labels) {
    const children = await model.children(node);
    const next = children.find(({ face }) => face.label === label);
    if (next === undefined) throw new Error(`Expected a row “${label}”, found ${children.map(({ face }) => `“${face.label}”`).join(', ')}`);
    node = next;
  }
  if (node === undefined) throw new Error('Expected at least one label');
  return node;
}
