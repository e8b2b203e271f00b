import * as vscode from 'vscode';
import type { ChatEnd, ChatMessage, ChatPart } from '../../agent/window/bridge-message.ts';
import { ModelFailure } from '../../agent/window/model-failure.ts';
import type { ChatQuestion } from '../../agent/window/window-service.ts';
import { inTime } from '../in-time.ts';
import { failureOf } from './model-failures.ts';

/** A model that does not count in time is not counted. */
const COUNT_MS = 5000;

/** Asks a model of this window; see `WindowService.chat`. */
export async function chat(question: ChatQuestion, onPart: (part: ChatPart) => void, signal: AbortSignal): Promise<ChatEnd> {
  const cancelling = new vscode.CancellationTokenSource();
  const cancel = (): void => cancelling.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  let model: vscode.LanguageModelChat | undefined;
  try {
    model = await chosenModel(question.model);
    const answer: ChatPart[] = [];
    const options = {
      justification: vscode.l10n.t('Carries out a prompt that was queued in Parallel Workflow.'),
      tools: question.tools.map(({ name, description, parameters }) => ({ name, description, inputSchema: parameters })),
    };
    const response = await model.sendRequest(question.messages.map(toMessage), options, cancelling.token);
    for await (const part of response.stream) {
      const known = toPart(part);
      if (known === undefined) continue;
      answer.push(known);
      onPart(known);
    }
    const [inputTokens = 0, outputTokens = 0] = await Promise.all([
      inTime(COUNT_MS, model.countTokens(JSON.stringify(question.messages))),
      inTime(COUNT_MS, model.countTokens(JSON.stringify(answer))),
    ]);
    return { type: 'chat', model: model.id, inputTokens, outputTokens, maxInputTokens: model.maxInputTokens };
  } catch (error) {
    throw error instanceof ModelFailure ? error : new ModelFailure(failureOf(error, model?.id ?? question.model ?? ''));
  } finally {
    signal.removeEventListener('abort', cancel);
    cancelling.dispose();
  }
}

async function chosenModel(wanted: string | undefined): Promise<vscode.LanguageModelChat> {
  const models = await vscode.lm.selectChatModels();
  const chosen = wanted === undefined ? models[0] : (models.find(({ id }) => id === wanted) ?? models.find(({ family, name }) => family === wanted || name === wanted));
  if (chosen !== undefined) return chosen;
  if (models.length === 0) throw new ModelFailure({ type: 'notInstalled', program: vscode.l10n.t('a language model in VS Code') });
  throw new ModelFailure({ type: 'failed', message: vscode.l10n.t('VS Code offers no model “{0}”; it has {1}', wanted ?? '', models.map(({ id }) => id).join(', ')) });
}

function toMessage(message: ChatMessage): vscode.LanguageModelChatMessage {
  if (message.role === 'assistant') {
    return vscode.LanguageModelChatMessage.Assistant(
      message.parts.map((part) =>
        part.type === 'text'
          ? new vscode.LanguageModelTextPart(part.text)
          : new vscode.LanguageModelToolCallPart(part.call, part.name, inputOf(part.input)),
      ),
    );
  }
  return vscode.LanguageModelChatMessage.User(
    message.parts.map((part) =>
      part.type === 'text'
        ? new vscode.LanguageModelTextPart(part.text)
        : new vscode.LanguageModelToolResultPart(part.call, [new vscode.LanguageModelTextPart(part.text)]),
    ),
  );
}

/** What a model gave to a tool is an object, unless it erred. */
function inputOf(input: unknown): object {
  return typeof input === 'object' && input !== null ? input : {};
}

/** Thoughts, pictures and what later versions of VS Code have are left out. */
function toPart(part: unknown): ChatPart | undefined {
  if (part instanceof vscode.LanguageModelTextPart) return { type: 'text', text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart) return { type: 'toolCall', call: part.callId, name: part.name, input: part.input };
  return undefined;
}
