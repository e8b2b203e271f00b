// Offers language models to the window, with scripts of the tests in place of models. None until a test asks for them.
import * as vscode from 'vscode';

const MODEL = { family: 'standin', version: '1', maxInputTokens: 100_000, maxOutputTokens: 10_000, capabilities: { toolCalling: true } };

export function activate(context) {
  const changed = new vscode.EventEmitter();
  let models = [];
  let script = () => ({ say: '' });
  const requests = [];
  context.subscriptions.push(
    changed,
    vscode.lm.registerLanguageModelChatProvider('standin', {
      onDidChangeLanguageModelChatInformation: changed.event,
      provideLanguageModelChatInformation: () => models.map((id) => ({ ...MODEL, id, name: id })),
      async provideLanguageModelChatResponse(model, messages, options, progress, token) {
        const request = { model: model.id, messages: messages.map(plainMessage), tools: (options.tools ?? []).map(({ name }) => name) };
        requests.push(request);
        const answer = await script(request, requests.length, token);
        if (answer.fail !== undefined) throw answer.fail;
        if (answer.say !== '') progress.report(new vscode.LanguageModelTextPart(answer.say));
        for (const [index, { name, input }] of (answer.calls ?? []).entries()) progress.report(new vscode.LanguageModelToolCallPart(`call-${requests.length}-${index}`, name, input));
      },
      provideTokenCount: (_model, text) => Promise.resolve(typeof text === 'string' ? text.length : 1),
    }),
  );
  return {
    requests,
    /** From now on the window has these models, and they answer like this. */
    offer(ids, answers) {
      models = ids;
      script = answers ?? script;
      requests.length = 0;
      changed.fire();
    },
  };
}

function plainMessage({ role, content }) {
  const parts = content.map((part) => {
    if (part instanceof vscode.LanguageModelTextPart) return part.value;
    if (part instanceof vscode.LanguageModelToolCallPart) return { call: part.callId, name: part.name, input: part.input };
    return { result: part.callId, text: part.content.map(({ value }) => value).join('') };
  });
  return { role: role === vscode.LanguageModelChatMessageRole.User ? 'user' : 'assistant', parts };
}
