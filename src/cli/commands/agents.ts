import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { AgentsView } from '../../core/model/agents/agents-view.ts';
import type { ExecutionMode } from '../../core/model/agents/execution-mode.ts';
import { nearest } from '../../core/spec/nearest.ts';
import { command, unlessOrdered } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { agentLines } from '../report/agent-lines.ts';
import { agentsJson } from '../report/agents-json.ts';
import { printJson } from '../report/print-json.ts';
import { withObserver, workspaceFor } from '../session.ts';

const AUTO = 'auto';
const MODES: readonly ExecutionMode[] = ['claude-only', 'supplement', 'takeover', 'no-agent'];

export const agentsCommand = command({
  usage: ['agents [--refresh]', `agents mode ${[AUTO, ...MODES].join('|')}`],
  about: [
    'Who carries out prompts on this machine: Claude Code, AutoGen and the language models of VS Code, where each stands, and the execution mode with its reason. With --quiet only the mode.',
    '`agents mode` holds a mode in force until `agents mode auto`.',
  ],
  options: { refresh: { type: 'boolean', short: 'r', help: 'look again at what is installed, who is logged in, and which sessions of Claude Code are others’' } },
  needsState: unlessOrdered,
  async run(context, { options, positionals: [action, ...words] }) {
    if (action !== undefined && action !== 'mode') throw new UserError(`Expected \`mode\` or nothing after \`agents\`, got \`${action}\`.`);
    const pin = action === undefined ? undefined : pinFrom(words);
    // Programs and sessions are looked for from the workspace, which only an engine can tell.
    const workspace = await withObserver(context, (engine) => workspaceFor(context, engine));
    return withObserver(
      context,
      async (engine) => {
        if (pin !== undefined) await engine.pinExecutionMode(pin.mode);
        const view = await look(engine, options.refresh);
        if (context.json) printJson(context.output, agentsJson(view));
        else if (context.quiet) context.output.write(`${view.mode}\n`);
        else context.output.write(`${agentLines(view, { workspace, now: context.clock.now(), style: context.style, width: context.output.columns }).join('\n')}\n`);
        return EXIT.ok;
      },
      [workspace],
    );
  },
});

/** What nobody has looked at yet is looked at without being asked. */
async function look(engine: EnginePort, isAsked: boolean): Promise<AgentsView> {
  const view = isAsked ? undefined : await engine.agents();
  return view === undefined || view.agents.length === 0 ? engine.refreshAgents() : view;
}

function pinFrom([word, ...rest]: readonly string[]): { readonly mode: ExecutionMode | undefined } {
  const choices = [AUTO, ...MODES];
  const mode = MODES.find((each) => each === word);
  if (rest.length === 0 && (mode !== undefined || word === AUTO)) return { mode };
  const near = word === undefined ? undefined : nearest(word, choices);
  throw new UserError(`Expected one of ${choices.map((each) => `\`${each}\``).join(', ')} after \`agents mode\`, got ${word === undefined ? 'nothing' : `\`${[word, ...rest].join(' ')}\``}${near === undefined ? '.' : `; did you mean \`${near}\`?`}`);
}
