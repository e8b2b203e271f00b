import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellTargets } from '../../../../src/agent/files/shell-targets.ts';

const COMMANDS: readonly (readonly [command: string, targets: readonly string[]])[] = [
  ['echo x > a', ['a']], ['echo x>a', ['a']], ['echo x >> a', ['a']], ['make &> log', ['log']], ['make >& log', ['log']], ['make 2>err >|out', ['err', 'out']], ['ls 2>&1', []], ['ls > /dev/null', []],
  ['echo x > "my file"', ['my file']], ["echo x > 'a'b\\ c", ['ab c']], ['echo "a > b"', []], ["echo 'a > b'", []], ['echo a2>b', ['b']], ['echo x > $OUT', []], ['echo x > "$OUT/a"', []], ['echo x > ~/a', []], ['echo x > *.txt', []],
  ['cat a | tee b c', ['b', 'c']], ['tee -a b', ['b']], ['touch a b', ['a', 'b']], ['rm -rf a', ['a']], ['mv a b', ['a', 'b']], ['cp a b', ['b']], ['cp -r a b dir', ['dir']], ['truncate -s 0 a', ['a']],
  ['sed -i s/a/b/ x.py y.py', ['x.py', 'y.py']], ["sed -i.bak -e 's/a/b/' x.py", ['x.py']], ['sed s/a/b/ x.py', []], ["perl -pi -e 's/a/b/' x.py", ['x.py']], ['sed --in-place --expression=s/a/b/ x.py', ['x.py']], ['dd if=a of=b', ['b']],
  ['cd src && echo x > a', ['src/a']], ['cd src; rm b; cd ..; touch c', ['src/b', 'c']], ['cd $X && touch a', []], ['cd $X && touch /abs/a', ['/abs/a']],
  ['FOO=1 env touch a', ['a']], ['if true; then touch a; fi', ['a']], ['(touch a)', ['a']], ['echo $(touch a)', ['a']], ['/usr/bin/touch a', ['a']], ['sudo touch a', ['a']],
  ['cat > a <<EOF\necho x > b\nEOF\ntouch c', ['a', 'c']], ["cat <<-'END' > a\n\tx > y\n\tEND\ntouch b", ['a', 'b']], ['cat <<< "x > y" > a', ['a']], ['wc < a > b', ['b']],
  ['# rm a\ntouch b', ['b']], ['echo a#b > c', ['c']], ['echo x >', []], ["echo 'unterminated > a", []], ['', []], ['python3 fix.py a.py', []], ['git commit -m x', []], ['touch a \\\n b', ['a', 'b']],
];

void test('files that a command visibly writes are found', () => {
  for (const [command, targets] of COMMANDS) {
    assert.deepEqual(shellTargets(command, '/lab'), targets.map((name) => (name.startsWith('/') ? name : `/lab/${name}`)), command);
  }
});
