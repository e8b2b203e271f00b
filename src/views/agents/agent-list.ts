import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { agentTooltip } from '../../core/present/agents/present-agent.ts';
import type { AgentWatch } from '../../host/agents/agent-watch.ts';
import { COMMANDS, VIEWS } from '../../host/ids.ts';
import { AgentsModel } from './agents-model.ts';
import type { AgentsNode } from './agents-node.ts';
import { faceItem } from '../face-item.ts';

export interface AgentListOptions {
  readonly watch: AgentWatch;
  readonly roots: () => readonly string[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** The view *Agents*. Thin: what there is to see is the model's, how it looks the faces'. */
export class AgentList implements vscode.TreeDataProvider<AgentsNode>, vscode.Disposable {
  private readonly options: AgentListOptions;
  private readonly model: AgentsModel;
  private readonly redrawn = new vscode.EventEmitter<AgentsNode | AgentsNode[] | undefined>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChangeTreeData = this.redrawn.event;

  constructor(options: AgentListOptions) {
    this.options = options;
    this.model = new AgentsModel(options);
    const view = vscode.window.createTreeView<AgentsNode>(VIEWS.agents, { treeDataProvider: this });
    this.subscriptions = [
      this.model,
      this.redrawn,
      view,
      vscode.Disposable.from(this.model.onDidRedraw((redraw) => this.redrawn.fire(redraw === 'all' ? undefined : [...redraw]))),
      view.onDidChangeVisibility(({ visible }) => this.setVisible(visible)),
    ];
    this.setVisible(view.visible);
  }

  getTreeItem(node: AgentsNode): vscode.TreeItem {
    const { face } = node;
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = faceItem(node.id, face, node.kind === 'agent' && this.model.children(node).length > 0 ? Collapsed : None);
    if (node.kind === 'mode') item.command = { command: COMMANDS.pinExecutionMode, title: face.label };
    if (face.contextValue === 'need') item.command = { command: COMMANDS.setUpAgent, title: face.label, arguments: [node] };
    return item;
  }

  async getChildren(node?: AgentsNode): Promise<AgentsNode[]> {
    if (node !== undefined) return [...this.model.children(node)];
    // The engine may open only now: it is waited for, so that no welcome stands where agents will be.
    if (this.options.watch.view === undefined) await this.options.watch.read().catch(this.options.onError);
    return [...this.model.rows];
  }

  getParent(node: AgentsNode): AgentsNode | undefined {
    return 'parent' in node ? node.parent : undefined;
  }

  resolveTreeItem(item: vscode.TreeItem, node: AgentsNode): vscode.TreeItem {
    if (node.kind === 'agent')
      item.tooltip = new vscode.MarkdownString(agentTooltip(node.agent, this.options.clock.now(), vscode.env.language));
    else
      item.tooltip =
        node.kind === 'agentNeed'
          ? (node.parent.agent.next ?? node.face.description)
          : [node.face.label, node.face.description].filter((part) => part !== '').join(': ');
    return item;
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private setVisible(isVisible: boolean): void {
    this.model.setVisible(isVisible);
    this.options.watch.setSeen(isVisible);
  }
}
