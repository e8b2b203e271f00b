import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TerminalConversation } from '../../../src/agent/terminal-conversation.ts';

function told(act: (conversation: TerminalConversation) => void, isColoured = false): string {
  let text = '';
  act(new TerminalConversation((part) => (text += part), isColoured));
  return text;
}

void test('it reads like a conversation', () => {
  const text = told((conversation) => {
    conversation.note('claude-x');
    conversation.say('I will ');
    conversation.say('look.');
    conversation.call('Edit', 'src/a.py');
    conversation.result(' same\n-old\n+new', false);
    conversation.refuse({ tool: 'Edit', path: '/lab/b.py', why: 'b.py is held.\nReally.' });
    conversation.say('Done.\n');
  });
  assert.equal(text, 'claude-x\nI will look.\n● Edit src/a.py\n   same\n  -old\n  +new\n✗ Edit b.py: b.py is held. Really.\nDone.\n');
});

void test('what came and what went has its colours, an error its own', () => {
  const text = told((conversation) => {
    conversation.result('+new\n-old', false);
    conversation.result('+not a diff', true);
  }, true);
  assert.equal(text, '  \u001b[32m+new\u001b[39m\n  \u001b[31m-old\u001b[39m\n  \u001b[31m+not a diff\u001b[39m\n');
});

void test('long results are cut, and say by how much', () => {
  const text = told((conversation) => conversation.result(Array.from({ length: 40 }, (_, n) => `${n} ${'x'.repeat(300)}`).join('\n'), false));
  assert.equal(text.trimEnd().split('\n').length, 13);
  assert.match(text, /… 28 more lines\n$/);
  assert.ok(text.split('\n').every((line) => line.length <= 162));
});

void test('nothing that a model says moves the cursor or names the window', () => {
  assert.equal(told((conversation) => conversation.say('a\u001b[2Jb\u001b]0;title\u0007c\r\nd\u0008e\tf')), 'abc\nde\tf');
  assert.equal(told((conversation) => conversation.call('Bash', 'echo\u001b[31m\nx')), '● Bash echo [31m x\n');
});
