import { BackendError } from '../../core/domain/backendError.ts';

/**
 * What the editor's language model API says, in our words. `code` is that of `LanguageModelError`; quota and content
 * filters both come as `Blocked` and differ only in their text.
 */
export function toLanguageModelFailure(code: string, message: string, cause?: unknown): BackendError {
  const says = message.toLowerCase();
  if (code === 'NoPermissions') {
    return new BackendError('unauthorized', 'The use of this language model was not allowed.', {
      cause,
      hint: 'Run again and allow it, or manage access in the Accounts menu; or choose another backend.',
    });
  }
  if (code === 'NotFound') {
    return new BackendError('model-not-found', 'The language model is no longer there.', {
      cause,
      hint: 'Choose another model.',
    });
  }
  if (/quota|rate.?limit|exhausted|too many/.test(says)) {
    return new BackendError('rate-limited', 'The quota of the language model is used up for now.', {
      cause,
      hint: 'Wait, or choose another backend.',
    });
  }
  if (code === 'Blocked' || /off.?topic|filter/.test(says)) {
    return new BackendError('rejected', 'The language model service refused the request.', {
      cause,
      hint: 'Its filter allows only some topics; choose another backend for this prompt.',
    });
  }
  if (/token|context|too (long|large)/.test(says)) {
    return new BackendError('context-too-long', 'The request is too long for this language model.', {
      cause,
    });
  }
  return new BackendError('bad-response', 'The language model service failed.', {
    cause,
    hint: 'Run it again; the log has the details.',
  });
}
