import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { UserError } from '../../src/core/base/user-error.ts';
import { taskId } from '../../src/core/model/ids.ts';
import type { CommandHandler } from '../../src/host/commands/command-parts.ts';
import { registerCommands, registerCommandsOnUse } from '../../src/host/commands/register-commands.ts';
import { EngineTrouble } from '../../src/host/engine/engine-trouble.ts';
import { HostError } from '../../src/host/host-error.ts';
import type { CommandId } from '../../src/host/ids.ts';
import { FakeEngine } from '../support/fake-engine.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { Person } from './support/person.ts';
import { eventually } from './support/observer.ts';

/** No command of the extension: those are taken. */
const ID = 'parallelWorkflowTest.rejects' as CommandId;
const LOG_BUTTON = 'Show Engine Log';

describe('errors of commands', () => {
  const log = new RecordingLog();
  let person: Person;
  let command: vscode.Disposable | undefined;
  beforeEach(() => log.lines.splice(0));
  afterEach(() => {
    command?.dispose();
    person.leave();
  });

  /** Calls a command that does this; resolves with what its caller gets, once the person has been told. */
  const call = async (handler: CommandHandler): Promise<unknown> => {
    command = registerCommands({ [ID]: handler }, log);
    const got = await vscode.commands.executeCommand(ID);
    await eventually('the message', () => (person.told.length > 0 ? true : undefined));
    return got;
  };

  it('are shown once, as the engine words them, and whoever called gets nothing', async () => {
    person = new Person();
    const engine = new FakeEngine();
    engine.cancel = () => Promise.reject(new UserError('There is no task #7;', 'look for it in the view.'));
    assert.equal(await call(() => engine.cancel([taskId(7)])), undefined);
    assert.deepEqual([person.told, log.lines], [[['There is no task #7; look for it in the view.']], ['warn There is no task #7; look for it in the view.']]);
  });

  it('lead to the log where nobody expected them, or it says more', async () => {
    person = new Person();
    await call(() => Promise.reject(new TypeError('x is not a function')));
    assert.deepEqual(person.told, [['Parallel Workflow ran into an error it did not expect: x is not a function', LOG_BUTTON]]);
    assert.match(log.lines.join('\n'), /^error TypeError: x is not a function\n.*errors\.test/s);
    command?.dispose();
    await call(() => Promise.reject(new EngineTrouble('The engine has ended.')));
    await eventually('both', () => (person.told.length === 2 ? true : undefined));
    assert.deepEqual(person.told.at(-1), ['The engine has ended.', LOG_BUTTON]);
  });

  it('come with their ways out; the one that is chosen is taken', async () => {
    person = new Person(['Trust']);
    const taken: string[] = [];
    await call(() => {
      throw new HostError('This workspace is not trusted.', ['Trust', 'Leave'].map((title) => ({ title, run: () => taken.push(title) })));
    });
    await eventually('the way out', () => (taken.length > 0 ? true : undefined));
    assert.deepEqual([person.told, taken], [[['This workspace is not trusted.', 'Trust', 'Leave']], ['Trust']]);
  });

  it('of a way out are shown like any other', async () => {
    person = new Person(['Trust']);
    await call(() => {
      throw new HostError('This workspace is not trusted.', [{ title: 'Trust', run: () => Promise.reject(new UserError('Nobody may trust it.')) }]);
    });
    await eventually('both', () => (person.told.length === 2 ? true : undefined));
    assert.deepEqual(person.told, [['This workspace is not trusted.', 'Trust'], ['Nobody may trust it.']]);
  });

  it('of code that cannot be loaded are told, and the next call tries again', async () => {
    person = new Person();
    let loads = 0;
    const load = (): Promise<Record<CommandId, CommandHandler>> => {
      loads += 1;
      return loads === 1 ? Promise.reject(new Error('no such file')) : Promise.resolve({ [ID]: () => 'done' } as Partial<Record<CommandId, CommandHandler>> as Record<CommandId, CommandHandler>);
    };
    command = registerCommandsOnUse([ID], load, log);
    assert.equal(await vscode.commands.executeCommand(ID), undefined);
    await eventually('the message', () => (person.told.length > 0 ? true : undefined));
    assert.equal(await vscode.commands.executeCommand(ID), 'done');
    assert.deepEqual([loads, person.told], [2, [['A part of Parallel Workflow could not be loaded: no such file. Reload the window; if that does not help, install the extension again.']]]);
  });
});
