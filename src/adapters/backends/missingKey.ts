import { BackendError } from '../../core/domain/backendError.ts';
import { withinSentence, type HttpService } from './httpService.ts';

/** Reads the key; only the service's own host insists on one. */
export async function readRequiredKey(
  readKey: () => Promise<string | undefined>,
  service: HttpService,
  ownHost: string,
): Promise<string | undefined> {
  const key = (await readKey())?.trim();
  if (key) {
    if (!/^[\x21-\x7e]+$/.test(key)) {
      throw new BackendError(
        'unauthorized',
        `The API key for ${withinSentence(service)} holds characters that no key has.`,
        {
          hint: 'Set the key again; a line break or a blank may have come along when it was copied.',
        },
      );
    }
    return key;
  }
  // An address that is none is told about by the call.
  if (!URL.canParse(service.address) || new URL(service.address).hostname !== ownHost) return undefined;
  throw new BackendError('key-missing', `There is no API key for ${withinSentence(service)}.`, {
    hint: service.keyHint,
  });
}
