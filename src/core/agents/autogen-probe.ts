/** Python that tells which distributions and modules there are, and imports none of them: an import is slow and runs their code. */
export const AUTOGEN_PROBE = `
import importlib.metadata as metadata, importlib.util as util, json, site, sys
# Isolation hides what is installed for this person only, which a run will see.
if sys.prefix == sys.base_prefix:
    sys.path.append(site.getusersitepackages())
def version(name):
    try:
        return metadata.version(name)
    except Exception:
        return None
def has(name):
    try:
        return util.find_spec(name) is not None
    except Exception:
        return False
distributions = ("autogen-agentchat", "autogen-ext", "pyautogen", "ag2", "autogen", "agent-framework", "agent-framework-core")
modules = ("autogen_agentchat", "autogen_ext", "autogen", "agent_framework", "openai")
print(json.dumps({"python": "%d.%d.%d" % sys.version_info[:3], "distributions": {name: version(name) for name in distributions}, "modules": {name: has(name) for name in modules}}))
`;

/** What the interpreter has of AutoGen and of what goes by its name. */
export type AutogenFound =
  | { readonly type: 'autogen'; readonly flavour: string; readonly version: string; readonly missing: readonly string[] }
  | { readonly type: 'other'; readonly flavour: string; readonly version: string | undefined }
  | { readonly type: 'none' }
  | { readonly type: 'unreadable' };

/**
 * Reads what the probe printed. Names mislead: `pyautogen` up to 0.9, `ag2` and `autogen` 0.x are AG2 (module `autogen`), from 0.10 on
 * `pyautogen` stands for `autogen-agentchat`, and `autogen` 1.x is another tool altogether. So a product is there when its distribution and
 * its module are.
 */
export function readAutogenProbe(output: string): AutogenFound {
  const found = parsed(output.trim().split('\n').at(-1) ?? '');
  if (found === undefined) return { type: 'unreadable' };
  const { distributions, modules } = found;
  const agentchat = distributions['autogen-agentchat'];
  if (typeof agentchat === 'string' && modules.autogen_agentchat === true) {
    const missing = [...(modules.autogen_ext === true ? [] : ['autogen-ext']), ...(modules.openai === true ? [] : ['openai'])];
    return { type: 'autogen', flavour: 'AutoGen 0.4+', version: agentchat, missing };
  }
  if (modules.agent_framework === true) {
    const version = [distributions['agent-framework'], distributions['agent-framework-core']].find((value) => typeof value === 'string');
    if (version !== undefined) return { type: 'other', flavour: 'Agent Framework', version };
  }
  const ag2 = [distributions.ag2, beforeOne(distributions.autogen), distributions.pyautogen].find((value) => typeof value === 'string');
  if (modules.autogen === true && ag2 !== undefined) return { type: 'other', flavour: ag2.startsWith('0.2') ? 'AutoGen 0.2' : 'AG2', version: ag2 };
  return { type: 'none' };
}

function beforeOne(version: unknown): unknown {
  return typeof version === 'string' && version.startsWith('0.') ? version : undefined;
}

type Table = Readonly<Record<string, unknown>>;

function parsed(line: string): { readonly distributions: Table; readonly modules: Table } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isTable(value) && isTable(value.distributions) && isTable(value.modules) ? { distributions: value.distributions, modules: value.modules } : undefined;
  } catch {
    return undefined;
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
