import { BackendError } from '../../core/domain/backendError.ts';
import type { ModelEvent } from '../../core/ports/modelBackend.ts';
import type { HttpService } from './httpService.ts';

/**
 * An answer that ends well with no text and no token generated is a server's fault (a broken chat template, a filter in
 * between). One that spent tokens on nothing visible is the model's own answer and stays an answer.
 */
export function refuseEmptyAnswer(
  service: HttpService,
  hadText: boolean,
  outcome: Extract<ModelEvent, { type: 'finish' }>,
): void {
  if (hadText || outcome.finishReason !== 'stop' || (outcome.usage.outputTokens ?? 0) > 0) return;
  throw new BackendError('bad-response', `${service.label} answered with no text at all.`, {
    hint: 'Try again; if it stays, check the model and its chat template.',
  });
}
