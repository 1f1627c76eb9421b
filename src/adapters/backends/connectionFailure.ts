import { BackendError } from '../../core/domain/backendError.ts';
import { withinSentence, type HttpService } from './httpService.ts';
import type { Redact } from './redaction.ts';
import { errorChain, errorCode, safeCause } from './safeCause.ts';

const tls = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME_MISMATCH)/;

/** Another protocol, or headers past all measure. */
const httpParser = /^HPE_/;

/** No answer at all came from the service: why, and what to do. */
export function connectionFailure(error: unknown, service: HttpService, redact: Redact): BackendError {
  const chain = errorChain(error);
  const codes = chain.map(errorCode).filter((code) => code !== undefined);
  const cause = safeCause(error, redact);
  const { label, address } = service;
  const unreachable = (message: string, hint: string) =>
    new BackendError('unreachable', message, { hint, cause });
  const has = (...wanted: string[]) => codes.some((code) => wanted.includes(code));

  if (has('ECONNREFUSED')) {
    return service.local
      ? new BackendError('backend-not-running', `${label} is not running at ${address}.`, {
          hint: service.notRunningHint,
          cause,
        })
      : unreachable(
          `${label} refused the connection at ${address}.`,
          `Check the address (${service.addressSetting}) and that the server is up.`,
        );
  }
  if (has('ENOTFOUND', 'EAI_AGAIN', 'ENODATA')) {
    return unreachable(
      `The host name in ${address} could not be found.`,
      `Check the spelling of ${service.addressSetting} and the network connection.`,
    );
  }
  if (codes.some((code) => tls.test(code))) {
    return unreachable(
      `No secure connection to ${address}: ${codes.at(-1) ?? 'TLS error'}.`,
      'Check whether the address should be http:// or https://, and that its certificate (or your proxy’s) is trusted.',
    );
  }
  if (has('ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET')) {
    return unreachable(
      `${label} closed the connection before answering.`,
      'Try again; if it stays, look at the server’s log.',
    );
  }
  if (codes.some((code) => httpParser.test(code))) return notHttp(service, cause);
  if (has('UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN')) {
    return unreachable(
      `${label} cannot be reached at ${address}.`,
      'Check the network, the address and any proxy or firewall between.',
    );
  }
  if (
    has('ERR_INVALID_URL') ||
    chain.some((link) => /bad port|invalid url|unknown scheme/i.test(link.message))
  ) {
    const message = `${address} is not a usable address for ${withinSentence(service)}.`;
    const hint = `Set ${service.addressSetting} to something like ${service.exampleAddress}.`;
    return new BackendError('unreachable', message, { hint, retryable: false, cause });
  }
  return unreachable(
    `${label} cannot be reached at ${address}.`,
    `Check the network, ${service.addressSetting} and any proxy between.`,
  );
}

function notHttp({ address, addressSetting }: HttpService, cause: Error | undefined): BackendError {
  const message = `${address} answered with something that is not HTTP.`;
  const hint = `Check ${addressSetting}: another kind of server may listen there.`;
  return new BackendError('bad-response', message, { hint, cause });
}
