import assert from 'node:assert/strict';
import { test } from 'node:test';
import { err } from '../../../../src/core/base/result.ts';
import { commandLine, type CommandLineContext } from '../../../../src/core/launch/command-line.ts';
import type { ProgramFinder } from '../../../../src/core/launch/find-program.ts';
import { NODE_FUNCTION, PYTHON_FUNCTION } from '../../../../src/core/launch/function-runners.ts';
import { findPython } from '../../../../src/core/launch/python-interpreter.ts';
import type { TaskSpec, Work } from '../../../../src/core/model/spec.ts';
import { sampleSpec } from '../../../support/sample-spec.ts';

/** Finds names in `/bin`, and these paths. */
function finder(names: readonly string[], paths: readonly string[] = []): ProgramFinder {
  return { find: (program) => (paths.includes(program) ? program : names.includes(program) ? `/bin/${program}` : undefined) };
}

const everything = finder(
  ['python3', 'python', 'bash', 'sh', 'node', 'Rscript', 'pwsh', 'blender', 'make'],
  ['/opt/python', '/opt/node', '/opt/blender', '/opt/bash', '/lab/tools/run', '/lab/a.bin', '/opt/R'],
);

const context: CommandLineContext = {
  workspace: '/lab', programs: {}, finder: everything, platform: 'linux', ownNode: '/vscode/electron', argumentsFile: '/run/arguments.json', resultFile: '/run/result.json',
};

const script = (path: string): Work => ({ kind: 'script', path });
const blender: Work = { kind: 'blender', path: '/lab/scene.py' };
const pythonFunction: Work = { kind: 'function', module: '/lab/mesh.py', name: 'volume', arguments: {} };
const nodeFunction: Work = { kind: 'function', module: '/lab/mesh.mjs', name: 'volume', arguments: {} };

type Row = readonly [spec: Partial<TaskSpec>, changed: Partial<CommandLineContext>, argv: readonly string[], env?: Readonly<Record<string, string>>];

const STRIP = ['--experimental-strip-types', '--no-warnings=ExperimentalWarning'];
const FUNCTION_TAIL = ['/run/arguments.json', '/run/result.json'];

const LINES: Readonly<Record<string, Row>> = {
  'a Python script runs by python3': [{ work: script('/lab/a.py'), args: ['-x', 'two words'] }, {}, ['/bin/python3', '/lab/a.py', '-x', 'two words']],
  'a script in the queue of script assessment is judged, not run': [{ work: script('/lab/a.py'), role: 'script_assessment' }, { assessor: '/opt/cli.js' }, ['/vscode/electron', '--no-warnings', '/opt/cli.js', 'assess', '/lab/a.py'], { ELECTRON_RUN_AS_NODE: '1' }],
  'letter case of the extension does not matter': [{ work: script('/lab/A.PY') }, {}, ['/bin/python3', '/lab/A.PY']],
  'by python where there is no python3': [{ work: script('/lab/a.py') }, { finder: finder(['python']) }, ['/bin/python', '/lab/a.py']],
  'by the one of the settings': [{ work: script('/lab/a.py') }, { programs: { python: '/opt/python' } }, ['/opt/python', '/lab/a.py']],
  'by the one of the task before that': [{ work: script('/lab/a.py'), interpreter: 'python' }, { programs: { python: '/opt/python' } }, ['/bin/python', '/lab/a.py']],
  'a shell script runs by bash': [{ work: script('/lab/a.sh'), args: ['1'] }, {}, ['/bin/bash', '/lab/a.sh', '1']],
  'or by sh': [{ work: script('/lab/a.sh') }, { finder: finder(['sh']) }, ['/bin/sh', '/lab/a.sh']],
  'or by the one of the settings': [{ work: script('/lab/a.sh') }, { programs: { bash: '/opt/bash' } }, ['/opt/bash', '/lab/a.sh']],
  'JavaScript runs by node': [{ work: script('/lab/a.js'), args: ['1'] }, {}, ['/bin/node', '/lab/a.js', '1']],
  'modules too': [{ work: script('/lab/a.mjs') }, {}, ['/bin/node', '/lab/a.mjs']],
  'and CommonJS': [{ work: script('/lab/a.cjs') }, {}, ['/bin/node', '/lab/a.cjs']],
  'TypeScript runs by node, without its types': [{ work: script('/lab/a.ts'), args: ['1'] }, {}, ['/bin/node', ...STRIP, '/lab/a.ts', '1']],
  'without a node the one at hand is turned into one': [{ work: script('/lab/a.js') }, { finder: finder([]) }, ['/vscode/electron', '/lab/a.js'], { ELECTRON_RUN_AS_NODE: '1' }],
  'but not when another was chosen': [{ work: script('/lab/a.js') }, { programs: { node: '/opt/node' } }, ['/opt/node', '/lab/a.js']],
  'R runs by Rscript': [{ work: script('/lab/a.R'), args: ['1'] }, {}, ['/bin/Rscript', '/lab/a.R', '1']],
  'PowerShell runs by pwsh': [{ work: script('/lab/a.ps1'), args: ['1'] }, {}, ['/bin/pwsh', '-NoProfile', '-NonInteractive', '-File', '/lab/a.ps1', '1']],
  'or by powershell': [{ work: script('/lab/a.ps1') }, { finder: finder(['powershell']) }, ['/bin/powershell', '-NoProfile', '-NonInteractive', '-File', '/lab/a.ps1']],
  'any other file is taken for a program': [{ work: script('/lab/a.bin'), args: ['1'] }, {}, ['/lab/a.bin', '1']],
  'Blender runs a script without a window, and fails when the script does': [
    { work: blender }, {}, ['/bin/blender', '--background', '--python-exit-code', '1', '--python', '/lab/scene.py'],
  ],
  'its arguments come after those of Blender': [
    { work: blender, args: ['--frame', '3'] }, {}, ['/bin/blender', '--background', '--python-exit-code', '1', '--python', '/lab/scene.py', '--', '--frame', '3'],
  ],
  'Blender is the one of the settings': [{ work: blender }, { programs: { blender: '/opt/blender' } }, ['/opt/blender', '--background', '--python-exit-code', '1', '--python', '/lab/scene.py']],
  'a Python function': [{ work: pythonFunction }, {}, ['/bin/python3', '-c', PYTHON_FUNCTION, ...FUNCTION_TAIL, '/lab/mesh.py', 'volume']],
  'a function of a module by name is Python': [{ work: { ...pythonFunction, module: 'pkg.mesh' } }, {}, ['/bin/python3', '-c', PYTHON_FUNCTION, ...FUNCTION_TAIL, 'pkg.mesh', 'volume']],
  'a JavaScript function': [{ work: nodeFunction }, {}, ['/bin/node', '--input-type=module', '-e', NODE_FUNCTION, '--', ...FUNCTION_TAIL, '/lab/mesh.mjs', 'volume']],
  'a JavaScript function by the node at hand': [
    { work: nodeFunction }, { finder: finder([]) },
    ['/vscode/electron', '--input-type=module', '-e', NODE_FUNCTION, '--', ...FUNCTION_TAIL, '/lab/mesh.mjs', 'volume'], { ELECTRON_RUN_AS_NODE: '1' },
  ],
  'a command by name': [{ work: { kind: 'command', argv: ['make', '-C', 'x'] }, args: ['all'] }, {}, ['/bin/make', '-C', 'x', 'all']],
  'a command by path starts from the working folder': [{ work: { kind: 'command', argv: ['./run', '1'] }, cwd: '/lab/tools' }, {}, ['/lab/tools/run', '1']],
  'a shell command, with its arguments in $1 and on': [{ work: { kind: 'command', shell: 'echo "$1" | wc' }, args: ['a'] }, {}, ['/bin/bash', '-c', 'echo "$1" | wc', '/bin/bash', 'a']],
  'a shell command without bash': [{ work: { kind: 'command', shell: 'x' } }, { finder: finder([]) }, ['/bin/sh', '-c', 'x', '/bin/sh']],
  'a shell command on Windows': [{ work: { kind: 'command', shell: 'dir | more' } }, { platform: 'win32' }, ['cmd.exe', '/d', '/s', '/c', 'dir | more']],
};

for (const [name, [spec, changed, argv, env]] of Object.entries(LINES)) {
  test(name, () => assert.deepEqual(commandLine(sampleSpec(spec), { ...context, ...changed }), { ok: true, value: { argv, env: env ?? {} } }));
}

const MISSING: readonly (readonly [spec: Partial<TaskSpec>, programs: Record<string, string>, program: string])[] = [
  [{ work: script('/lab/a.py') }, {}, 'python'],
  [{ work: script('/lab/a.sh') }, {}, 'bash'],
  [{ work: script('/lab/a.R') }, {}, 'Rscript'],
  [{ work: script('/lab/a.ps1') }, {}, 'pwsh'],
  [{ work: blender }, {}, 'blender'],
  [{ work: pythonFunction }, {}, 'python'],
  [{ work: { kind: 'command', argv: ['make'] } }, {}, 'make'],
  [{ work: { kind: 'command', argv: [] } }, {}, ''],
  [{ work: script('/lab/a.py') }, { python: '/gone/python' }, '/gone/python'],
  [{ work: script('/lab/a.js') }, { node: '/gone/node' }, '/gone/node'],
  [{ work: nodeFunction, interpreter: '/gone/node' }, {}, '/gone/node'],
  [{ work: blender, interpreter: '/gone/blender' }, {}, '/gone/blender'],
];
for (const [spec, programs, program] of MISSING) {
  test(`${JSON.stringify(spec.work)}${program.startsWith('/gone') ? ' with a program that is gone' : ''} is told to lack ${program}, and the way out`, () => {
    const line = commandLine(sampleSpec(spec), { ...context, programs, finder: finder([]) });
    assert.ok(!line.ok);
    assert.equal(line.error.program, program);
    assert.match(line.error.wayOut, program.startsWith('/gone') ? /^Correct the path, or leave it out / : spec.work?.kind === 'command' ? /^Install .*, put it on the PATH, or give its path\.$/ : /^Install .* in the setting `parallelWorkflow\.programs`\.$/);
  });
}

test('a command whose words were given as one is told how to give them', () => {
  const line = commandLine(sampleSpec({ work: { kind: 'command', argv: ['make all'] } }), { ...context, finder: finder([]) });
  assert.deepEqual(line, err({ program: 'make all', wayOut: 'Give each of its words for itself, or have a shell read them (`sh -c`).' }));
});

test('a file that is no program is not told to be installed', () => {
  for (const [spec, program] of [[{ work: { kind: 'command', argv: ['./notes.txt'] } }, './notes.txt'], [{ work: script('/lab/notes.txt') }, '/lab/notes.txt']] as const) {
    const line = commandLine(sampleSpec(spec), context);
    assert.ok(!line.ok);
    assert.equal(line.error.program, program);
    assert.match(line.error.wayOut, /^Correct the path; a file that is there has to be executable \(`chmod \+x`\)/);
  }
});

test('Python is looked for in the order: chosen, .venv, venv, PATH', () => {
  const looked: string[] = [];
  const nowhere: ProgramFinder = { find: (program) => void looked.push(program) };
  assert.equal(findPython(undefined, '/lab', nowhere, 'linux'), undefined);
  assert.deepEqual(looked.splice(0), ['/lab/.venv/bin/python', '/lab/venv/bin/python', 'python3', 'python']);
  findPython(undefined, '/lab', nowhere, 'win32');
  assert.deepEqual(looked.splice(0).map((place) => place.replaceAll('\\', '/')), ['/lab/.venv/Scripts/python.exe', '/lab/venv/Scripts/python.exe', 'python', 'py']);
  assert.equal(findPython('python9', '/lab', nowhere, 'linux'), undefined);
  assert.deepEqual(looked, ['python9'], 'a chosen one is not replaced by another');
});

test('the first that is there is taken', () => {
  assert.equal(findPython(undefined, '/lab', finder(['python3'], ['/lab/venv/bin/python']), 'linux'), '/lab/venv/bin/python');
  assert.equal(findPython(undefined, '/lab', finder(['python3'], ['/lab/venv/bin/python', '/lab/.venv/bin/python']), 'linux'), '/lab/.venv/bin/python');
});
