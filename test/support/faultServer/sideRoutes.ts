import type { ServerResponse } from 'node:http';
import { sendJson } from './misbehave.ts';
import type { WireRequest } from './wire.ts';

const defaultModels = ['llama3.2:3b', 'claude-sonnet-5-5', 'gpt-5-mini'];
const digestOf = (model: string) => Buffer.from(model.padEnd(32, '.')).toString('hex').slice(0, 64);

/** Model lists (a key with "refused" in it is), versions and pulls. */
export function serveSideRoutes(
  request: WireRequest,
  response: ServerResponse,
  models: readonly string[] = defaultModels,
): void {
  switch (request.path) {
    case '/api/version': {
      sendJson(response, 200, { version: '0.12.6' });
      return;
    }
    case '/api/tags': {
      sendJson(response, 200, {
        models: models.map((name) => ({
          name,
          model: name,
          modified_at: '2026-11-01T00:00:00Z',
          size: 2_019_393_189,
          digest: digestOf(name),
          details: { format: 'gguf', family: 'llama', parameter_size: '3.2B', quantization_level: 'Q4_K_M' },
        })),
      });
      return;
    }
    case '/api/pull': {
      servePull(request, response);
      return;
    }
    case '/v1/models': {
      if (/refused/.test(String(request.headers['x-api-key'] ?? request.headers.authorization))) {
        const error = { type: 'authentication_error', message: 'invalid x-api-key' };
        sendJson(response, 401, { type: 'error', error });
        return;
      }
      sendJson(
        response,
        200,
        'anthropic-version' in request.headers ? anthropicModels(models) : openAiModels(models),
      );
      return;
    }
    default: {
      sendJson(response, 404, { error: '404 page not found' });
      return;
    }
  }
}

function servePull(request: WireRequest, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const name = String(request.body?.['model'] ?? request.body?.['name']);
  const lines = name.startsWith('missing')
    ? [{ status: 'pulling manifest' }, { error: 'pull model manifest: file does not exist' }]
    : [
        { status: 'pulling manifest' },
        { status: 'pulling aaa', digest: 'sha256:aaa', total: 300, completed: 100 },
        { status: 'pulling bbb', digest: 'sha256:bbb', total: 100, completed: 100 },
        { status: 'pulling aaa', digest: 'sha256:aaa', total: 300, completed: 300 },
        { status: 'verifying sha256 digest' },
        { status: 'success' },
      ];
  // A model of which there is no end: for who stops it.
  if (name.startsWith('endless')) {
    let completed = 0;
    const timer = setInterval(() => {
      completed += 1;
      const line = { status: 'pulling ccc', digest: 'sha256:ccc', total: 1_000, completed };
      response.write(`${JSON.stringify(line)}\n`);
    }, 50);
    response.once('close', () => clearInterval(timer));
    return;
  }
  for (const line of lines) response.write(`${JSON.stringify(line)}\n`);
  response.end();
}

const openAiModels = (models: readonly string[]) => ({
  object: 'list',
  data: models.map((id) => ({ id, object: 'model', created: 1_763_632_800, owned_by: 'test' })),
});

const anthropicModels = (models: readonly string[]) => ({
  data: models.map((id) => ({
    type: 'model',
    id,
    display_name: id,
    created_at: '2026-10-01T00:00:00Z',
    max_input_tokens: 1_000_000,
    max_tokens: 128_000,
  })),
  has_more: false,
  first_id: models[0],
  last_id: models.at(-1),
});
