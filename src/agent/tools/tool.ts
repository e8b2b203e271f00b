import * as z from 'zod/mini';
import { asSentence } from '../../core/base/as-sentence.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { AgentRefusal } from '../../core/model/agents/agent-evidence.ts';
import { formatProblem } from '../../core/spec/problem.ts';
import { problemsOf } from '../../core/spec/problems-of.ts';
import type { WritingCall } from '../agent-driver.ts';

/** What came of a call. */
export interface ToolAnswer {
  /** For the agent. */
  readonly text: string;
  readonly isError?: boolean;
  /** For people, where they are to read something else. */
  readonly shown?: string;
  /** The write was kept from the agent after all. */
  readonly refusal?: AgentRefusal;
}

/** A call whose input has been checked. */
export interface PreparedCall {
  /** What it is about, in a few words. */
  readonly about: string;
  /** What is to be asked for first; `undefined` when it only reads. */
  readonly writes: Omit<WritingCall, 'id' | 'tool'> | undefined;
  run(signal: AbortSignal): Promise<ToolAnswer>;
}

/** What a model is told of a tool. */
export interface ToolFace {
  readonly name: string;
  readonly description: string;
  /** A JSON schema of its input, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Something that an agent can do. */
export interface Tool extends ToolFace {
  /** Its name for people. */
  readonly title: string;
  /** @throws UserError when the input is not what the tool expects, or the call is not allowed. */
  prepare(input: unknown): PreparedCall;
}

interface Definition<Fields extends z.core.$ZodLooseShape> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly fields: Fields;
  readonly prepare: (input: z.output<z.ZodMiniObject<Fields>>) => PreparedCall;
}

/** A tool from its fields, which both its schema and the check of its input follow from. */
export function tool<Fields extends z.core.$ZodLooseShape>({ name, title, description, fields, prepare }: Definition<Fields>): Tool {
  const schema = z.object(fields);
  const parameters: Record<string, unknown> = z.toJSONSchema(schema);
  // Which dialect it is nobody asks, and some services refuse to hear it.
  delete parameters.$schema;
  return {
    name,
    title,
    description,
    parameters,
    prepare(input) {
      const given = withoutNulls(input);
      const read = schema.safeParse(given);
      if (read.success) return prepare(read.data);
      throw new UserError(asSentence(`${name}: ${problemsOf(read.error.issues, given, '', Object.keys(fields)).map(formatProblem).join('; ')}`));
    },
  };
}

/** Many models say `null` for a field that they leave out. */
function withoutNulls(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
