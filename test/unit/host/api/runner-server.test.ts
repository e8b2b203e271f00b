import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { systemClock } from '../../../../src/core/base/clock.ts';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import { writeAddress } from '../../../../src/core/launch/window-addresses.ts';
import { windowFolder } from '../../../../src/core/launch/window-folder.ts';
import type { HostedRequest } from '../../../../src/core/model/agents/hosted-request.ts';
import { RunnerServer } from '../../../../src/host/api/runner-server.ts';
import { carryOut } from '../../../../src/hosted/carry-out.ts';
import { RecordingLog } from '../../../support/recording-log.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { ManualClock } from '../../views/manual-clock.ts';

interface Owner {
  after(clean: () => void): void;
}

/** A window of `/lab` that can be reached, and programs of tasks that reach it. */
function setting(t: Owner, home = path.join(tempFolder(t), 'state'), clock = systemClock) {
  const log = new RecordingLog();
  const server = new RunnerServer({ home, roots: () => ['/lab'], clock, log });
  t.after(() => server.dispose());
  const ask = (given: Partial<HostedRequest> = {}, patienceMs = 20_000) => {
    const request: HostedRequest = { task: 7, name: 'Notes', runner: 'notebook', input: { cell: 1 }, args: ['-q'], cwd: path.dirname(home), workspace: '/lab', ...given };
    const [output, errors, ending] = [new PassThrough(), new PassThrough(), new AbortController()];
    const [said, complained] = [text(output), text(errors)];
    const code = carryOut(request, windowFolder(home, request.workspace), { output, errors, signal: ending.signal, patienceMs }).finally(() => {
      output.end();
      errors.end();
    });
    return { code, said, complained, stop: () => ending.abort() };
  };
  return { server, home, log, ask };
}

test('a runner is given what the task says, and what it writes and ends with is the task’s', async (t) => {
  const { server, ask } = setting(t);
  const given: HostedRequest[] = [];
  server.add('notebook', (request, say) => {
    given.push(request);
    say({ type: 'output', text: 'first\n' });
    say({ type: 'error', text: 'careful\n' });
    say({ type: 'output', text: 'second\n' });
    return Promise.resolve(3);
  });
  const { code, said, complained } = ask();
  assert.deepEqual([await code, await said, await complained], [3, 'first\nsecond\n', 'careful\n']);
  assert.deepEqual([given[0]!.input, given[0]!.args, given[0]!.name], [{ cell: 1 }, ['-q'], 'Notes']);
});

test('a task waits for a window, and for the extension that brings its runner', async (t) => {
  const { server, ask } = setting(t);
  const { code } = ask();
  server.add('other', () => Promise.resolve(1));
  await server.listen();
  server.add('notebook', () => Promise.resolve(0));
  assert.equal(await code, 0);
});

test('an error of a runner fails the task, in its own words', async (t) => {
  const { server, ask } = setting(t);
  server.add('notebook', () => Promise.reject(new Error('the kernel died')));
  const { code, complained } = ask();
  assert.deepEqual([await code, await complained], [1, 'the kernel died\n']);
});

test('a task that is stopped tells its runner, and a runner that is gone is told to the task', async (t) => {
  const { server, ask } = setting(t);
  const told = new Emitter<AbortSignal>();
  const begun = (): Promise<AbortSignal> => new Promise((resolve) => told.event(resolve));
  server.add('notebook', (_request, _say, signal) => {
    told.fire(signal);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(0)));
  });
  const first = begun();
  const { code, stop } = ask();
  const signal = await first;
  stop();
  assert.equal(await code, 1);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  const second = begun();
  const failed = assert.rejects(ask().code, { name: 'UserError', message: /^The window that carried out “Notes” was closed or reloaded meanwhile; queue/ });
  await second;
  server.dispose();
  await failed;
});

test('a runner may name a command, which goes on without the window', async (t) => {
  const { server, ask, home } = setting(t);
  server.add('notebook', (request, say) => {
    say({ type: 'command', argv: [process.execPath, '-e', 'process.exit(Number(process.env.CODE) + process.argv.length)', '--', ...request.args], cwd: path.dirname(home), env: { CODE: '5' } });
    return new Promise(() => undefined);
  });
  assert.equal(await ask().code, 7);
});

test('a command that is not there is told by name', async (t) => {
  const { server, ask } = setting(t);
  server.add('notebook', (_request, say) => {
    say({ type: 'command', argv: ['no-such-program'] });
    return new Promise(() => undefined);
  });
  const { code, complained } = ask();
  assert.equal(await code, 127);
  assert.match(await complained, /^The runner `notebook` asked for `no-such-program`, which could not be started: /);
});

test('without a window the task says what to do', async (t) => {
  const { ask } = setting(t);
  await assert.rejects(ask({}, 0).code, { name: 'UserError', message: 'No window of /lab is open that could run `notebook`; open the folder in VS Code with the extension that brings this runner, and queue the task again.' });
});

test('without the extension it says so after half a minute', async (t) => {
  const clock = new ManualClock();
  const { server, ask } = setting(t, undefined, clock);
  server.add('other', () => Promise.resolve(0));
  await server.listen();
  const { code, complained } = ask();
  while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(30_000);
  assert.equal(await code, 1);
  assert.equal(await complained, 'No extension in this window brings the runner `notebook` that “Notes” needs; install and enable the one that does, and queue the task again.\n');
});

test('a name is taken once, and free when its extension is gone', (t) => {
  const { server } = setting(t);
  const first = server.add('notebook', () => Promise.resolve(0));
  assert.throws(() => server.add('notebook', () => Promise.resolve(0)), /There is a runner `notebook` already; choose another name\./);
  first.dispose();
  server.add('notebook', () => Promise.resolve(0));
});

test('only who can read the window’s file is served, and nothing is left of it', { skip: process.platform === 'win32' }, async (t) => {
  const { server, home } = setting(t);
  let isServed = false;
  server.add('notebook', () => Promise.resolve(isServed ? 0 : Number((isServed = true))));
  await server.listen();
  const [name, ...others] = readdirSync(windowFolder(home, '/lab'));
  assert.deepEqual(others, []);
  const file = path.join(windowFolder(home, '/lab'), name!);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const { address } = JSON.parse(await text((await import('node:fs')).createReadStream(file))) as { address: string };
  const socket = net.connect(address);
  socket.write(`${JSON.stringify({ secret: 'guess', request: { runner: 'notebook' } })}\n`);
  assert.equal(await text(socket), '');
  assert.equal(isServed, false);
  server.dispose();
  assert.equal(existsSync(file), false);
});

test('of two windows of a folder the latest carries tasks out, and when it closes the other one does', async (t) => {
  const { server, ask, home } = setting(t);
  const carried: string[] = [];
  const carriedBy = (name: string, of: RunnerServer): Promise<void> => {
    of.add('notebook', () => Promise.resolve(carried.push(name) * 0));
    return of.listen();
  };
  await carriedBy('first', server);
  // A later file is told by its time.
  const [own] = readdirSync(windowFolder(home, '/lab'));
  utimesSync(path.join(windowFolder(home, '/lab'), own!), 1, 1);
  const second = setting(t, home).server;
  await carriedBy('second', second);
  assert.equal(await ask().code, 0);
  second.dispose();
  assert.equal(await ask().code, 0);
  await server.foldersChanged();
  assert.equal(await ask().code, 0);
  assert.deepEqual(carried, ['second', 'first', 'first']);
});

test('the address of a window that was killed is passed over, and taken away by the next one', async (t) => {
  const { server, ask, home } = setting(t);
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const left = writeAddress(home, '/lab', { pid: gone, address: path.join(home, 'nobody.sock'), secret: 'none' }, 'left');
  server.add('notebook', () => Promise.resolve(0));
  await server.listen();
  assert.equal(existsSync(left), false);
  writeAddress(home, '/lab', { pid: gone, address: path.join(home, 'nobody.sock'), secret: 'none' }, 'left');
  assert.equal(await ask().code, 0);
});

test('where the path of the state folder is too long for a socket it lies elsewhere', { skip: process.platform === 'win32' }, async (t) => {
  const { server, ask } = setting(t, path.join(tempFolder(t), 'a'.repeat(100), 'state'));
  server.add('notebook', () => Promise.resolve(0));
  const { code } = ask({ cwd: '/' });
  assert.equal(await code, 0);
});
