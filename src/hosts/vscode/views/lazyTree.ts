import * as vscode from 'vscode';
import type { Tree, TreeNode } from './tree.ts';

/** A tree whose code is loaded when somebody first looks at it. */
export class LazyTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
  private readonly load: () => Promise<Tree>;
  private tree: Promise<Tree> | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(load: () => Promise<Tree>) {
    this.load = load;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return [...(await (await this.open()).children(node))];
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    return (await this.open()).item(node);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private open(): Promise<Tree> {
    this.tree ??= this.load().then((tree) => {
      tree.onDidChange((node) => this.changed.fire(node));
      return tree;
    });
    return this.tree;
  }
}
