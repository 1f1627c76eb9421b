import { BackendError } from '../../../core/domain/backendError.ts';
import type { BodyInspector } from '../inspectBody.ts';
import { watchEnd } from '../watchEnd.ts';

const longestWholeAnswer = 64 * 1024 * 1024;

const marker = /(^|\n)data: ?\[DONE\]\s*$/;

/** The body of an answer: watches for the stream's end marker, which the client keeps to itself. */
export function createAnswerBody(label: string) {
  const stream = watchEnd(marker);
  return {
    get ended() {
      return stream.isComplete();
    },
    watch: (contentType: string): BodyInspector =>
      /^application\/json/i.test(contentType) ? wholeAsStream(label) : stream,
  };
}

/** A server that cannot stream sends one JSON completion: passed on as the stream of a single chunk. */
function wholeAsStream(label: string): BodyInspector {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  return {
    take(chunk) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > longestWholeAnswer) throw notACompletion(label);
      return null;
    },
    end() {
      const chunk = toChunk(text + decoder.decode());
      if (chunk === null) throw notACompletion(label);
      return new TextEncoder().encode(`data: ${JSON.stringify(chunk)}\n\n`);
    },
  };
}

/** A completion says in `message` what a chunk says in `delta`. Null: the text is no completion. */
function toChunk(text: string): object | null {
  try {
    const completion = JSON.parse(text) as { choices?: { message?: unknown }[]; error?: unknown } | null;
    if (completion?.error !== undefined) return completion;
    const choices = completion?.choices?.map(({ message, ...choice }) => ({ ...choice, delta: message }));
    const isAnswer = typeof choices?.[0]?.delta === 'object' && choices[0].delta !== null;
    return isAnswer ? { ...completion, object: 'chat.completion.chunk', choices } : null;
  } catch {
    return null;
  }
}

function notACompletion(label: string): BackendError {
  return new BackendError('bad-response', `${label} sent JSON that is no chat completion.`, {
    hint: 'Check promptly.openai.baseUrl, which ends in /v1; a proxy or another service may answer there.',
    retryable: false,
  });
}
