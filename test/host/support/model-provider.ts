import * as vscode from 'vscode';

/** What a model is asked, as the provider has it. */
export interface ProvidedRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly parts: readonly (string | { readonly call: string; readonly name: string; readonly input: unknown } | { readonly result: string; readonly text: string })[] }[];
  readonly tools: readonly string[];
}

export type ProvidedAnswer = { readonly say: string; readonly calls?: readonly { readonly name: string; readonly input: unknown }[] } | { readonly fail: Error };

/** The extension beside ours that offers language models; see `test/support/vscode-server/model-provider`. */
export interface ModelProvider {
  readonly requests: readonly ProvidedRequest[];
  offer(ids: readonly string[], answers?: (request: ProvidedRequest, count: number) => ProvidedAnswer | Promise<ProvidedAnswer>): void;
}

export async function modelProvider(): Promise<ModelProvider> {
  const extension = vscode.extensions.getExtension<ModelProvider>('parallel-workflow.model-provider');
  if (extension === undefined) throw new Error('The extension that offers models is not there');
  return extension.activate();
}

/** What tools have said in the conversation so far. */
export function resultsIn({ messages }: ProvidedRequest): readonly string[] {
  return messages.flatMap(({ parts }) => parts.flatMap((part) => (typeof part === 'object' && 'result' in part ? [part.text] : [])));
}
