/**
 * The program that stands between an engine and a command, so that a run needs no engine: it takes the start ticket, runs
 * the command with its output going straight to files, and records the exit code and the CPU time. About a millisecond.
 */
export interface Shim {
  /** Variables that the shim itself needs. */
  readonly env: Readonly<Record<string, string>>;
  /** The argument array that runs `argv` under the shim. */
  wrap(folder: string, argv: readonly string[], interactive: boolean): readonly string[];
}

/** Status of a shim whose ticket was voided: it started nothing. */
export const VOIDED_STATUS = 75;

/**
 * POSIX `sh`, builtins only: each further program would cost a fork. `set -C` makes `>` create the ticket or fail. Signals
 * are trapped, not ignored, so that the command gets them with their default meaning and the shim outlives it to tell.
 */
const SH = `set -C
d=$1 i=$2
shift 2
start=
if [ -r /proc/self/stat ]; then
  read -r s < /proc/$$/stat
  f() { shift 19; start=$1; }
  f \${s##*) }
fi
echo "$$ $start" > "$d/pid" || exit ${VOIDED_STATUS}
command : 2> /dev/null > "$d/ticket" || exit ${VOIDED_STATUS}
trap : HUP INT TERM
if [ "$i" = 1 ]; then "$@"; else "$@" < /dev/null > "$d/stdout" 2> "$d/stderr"; fi
c=$?
{ times; echo "exit $c"; } > "$d/result"
exit $c`;

export const shShim: Shim = {
  env: {},
  wrap: (folder, argv, interactive) => ['/bin/sh', '-c', SH, 'parallel-workflow', folder, interactive ? '1' : '0', ...argv],
};

/**
 * For Windows, where there is no `sh`. CPU times of children cannot be had there: the sampler's figures stand in. VS Code's
 * own program is a Node only when a variable says so; a command gets that variable just when it runs by the same program.
 */
const JS = `const fs=require('node:fs'),path=require('node:path'),{spawn}=require('node:child_process');
const [d,i,file,...args]=process.argv.slice(1);
const at=(n)=>path.join(d,n);
try{fs.writeFileSync(at('pid'),process.pid+' ',{flag:'wx'});fs.closeSync(fs.openSync(at('ticket'),'wx'))}catch{process.exit(${VOIDED_STATUS})}
for(const s of ['SIGHUP','SIGINT','SIGTERM'])process.on(s,()=>{});
const stdio=i==='1'?'inherit':['ignore',fs.openSync(at('stdout'),'w'),fs.openSync(at('stderr'),'w')];
if(file!==process.execPath)delete process.env.ELECTRON_RUN_AS_NODE;
const end=(c)=>{fs.writeFileSync(at('result'),'0m0s 0m0s\\n0m0s 0m0s\\nexit '+c+'\\n');process.exit(c)};
const c=spawn(file,args,{stdio,windowsHide:true});
c.on('error',(e)=>{fs.appendFileSync(at('stderr'),e.message+'\\n');end(e.code==='ENOENT'?127:126)});
c.on('exit',(code,signal)=>end(code??128+(require('node:os').constants.signals[signal]??0)));`;

export function nodeShim(node: string): Shim {
  return { env: { ELECTRON_RUN_AS_NODE: '1' }, wrap: (folder, argv, interactive) => [node, '-e', JS, '--', folder, interactive ? '1' : '0', ...argv] };
}

export function shimFor(platform: NodeJS.Platform, node: string): Shim {
  return platform === 'win32' ? nodeShim(node) : shShim;
}
