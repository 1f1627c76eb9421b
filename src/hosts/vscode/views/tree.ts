import type * as vscode from 'vscode';

/** A tree as the views' bundle makes it; `LazyTree` gives it to the editor. */
export interface Tree {
  /** The item whose children are to be read anew; undefined: everything. */
  readonly onDidChange: vscode.Event<TreeNode | undefined>;
  children(node?: TreeNode): Promise<readonly TreeNode[]>;
  item(node: TreeNode): vscode.TreeItem;
  /** Reads everything anew that is kept, health for instance. */
  refresh(): void;
  dispose(): void;
}

/** What stands in a tree. Commands of its menu get it as their argument. */
export interface TreeNode {
  readonly type: string;
}
