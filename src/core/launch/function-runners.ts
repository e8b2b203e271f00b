/**
 * Programs that call one function: arguments come from the JSON file named first, the result goes as JSON to the one named
 * second, which is written whole or not at all. An object holds keyword arguments (JavaScript: one object), a list positional ones.
 */
export const PYTHON_FUNCTION = `
import importlib, importlib.util, json, os, sys
arguments, result, module, name = sys.argv[1:5]
sys.argv = [module]
if module.endswith('.py'):
    sys.path.insert(0, os.path.dirname(os.path.abspath(module)))
    spec = importlib.util.spec_from_file_location(os.path.splitext(os.path.basename(module))[0], module)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded
    spec.loader.exec_module(loaded)
else:
    sys.path.insert(0, os.getcwd())
    loaded = importlib.import_module(module)
function = getattr(loaded, name, None)
if not callable(function):
    sys.exit("There is no function '%s' in %s" % (name, module))
with open(arguments, encoding='utf-8') as file:
    given = json.load(file)
value = function(**given) if isinstance(given, dict) else function(*given)
try:
    text = json.dumps(value)
except (TypeError, ValueError) as error:
    sys.exit("The result of '%s' cannot be written as JSON: %s" % (name, error))
with open(result + '.part', 'w', encoding='utf-8') as file:
    file.write(text + '\\n')
os.replace(result + '.part', result)
`;

export const NODE_FUNCTION = `
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
const [args, result, module, name] = process.argv.slice(1);
const isPath = /\\.[cm]?[jt]s$/.test(module);
const target = isPath ? path.resolve(module) : createRequire(path.join(process.cwd(), 'package.json')).resolve(module);
const loaded = await import(pathToFileURL(target).href);
const fn = loaded[name] ?? loaded.default?.[name];
if (typeof fn !== 'function') {
  console.error("There is no function '" + name + "' in " + module);
  process.exit(1);
}
const given = JSON.parse(fs.readFileSync(args, 'utf8'));
const value = await (Array.isArray(given) ? fn(...given) : fn(given));
fs.writeFileSync(result + '.part', JSON.stringify(value ?? null) + '\\n');
fs.renameSync(result + '.part', result);
`;
