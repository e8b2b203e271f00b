import { isPython, pythonWith } from './python-environment.mjs';

const version = '0.7.5';

/** A Python that has the genuine AutoGen, in a virtual environment of its own. */
export function bringAutogen() {
  const base = () => {
    const found = ['python3', 'python'].find((program) => isPython(program));
    if (found === undefined) throw new Error('there is no Python 3.10 or later');
    return found;
  };
  return pythonWith({ name: 'autogen', version, packages: [`autogen-agentchat==${version}`, `autogen-ext[openai]==${version}`], base });
}
