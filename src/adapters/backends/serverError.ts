import type { ServerError } from './httpFailure.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Reads `{error: "…"}` (Ollama), `{error: {type, code, message}}` (OpenAI, Anthropic), `{message, type}` (vLLM),
 * `{detail: …}` (FastAPI). Anything that is not JSON is not repeated: pages of proxies help nobody.
 */
export function parseServerError(status: number | null, body: string, statusText = ''): ServerError {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    const short = body.trim();
    const plain = short.length > 0 && short.length <= 200 && !short.startsWith('<');
    return { status, message: plain ? short : statusText, kind: '' };
  }
  return toServerError(status, value, statusText);
}

export function toServerError(status: number | null, value: unknown, statusText = ''): ServerError {
  if (!isRecord(value)) return { status, message: statusText, kind: '' };
  const error = isRecord(value['error']) ? value['error'] : value;
  const plain = textOf(value['error']);
  const detail = isRecord(value['detail']) ? textOf(value['detail']['message']) : textOf(value['detail']);
  const message = [plain, textOf(error['message']), detail, statusText].find((text) => text !== '') ?? '';
  return { status, message, kind: `${textOf(error['type'])} ${textOf(error['code'])}`.trim() };
}
