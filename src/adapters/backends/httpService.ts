/** What the error texts of an HTTP backend need to know about the service they talk to. */
export interface HttpService {
  /** As people write it: "Ollama", "Claude". */
  readonly label: string;
  /** The address in use, without user name or password. */
  readonly address: string;
  /** A refused connection means "not running" here, "unreachable" elsewhere. */
  readonly local: boolean;
  /** Where the address is set, for hints. */
  readonly addressSetting: string;
  readonly exampleAddress: string;
  readonly notRunningHint: string;
  readonly keyHint: string;
  modelHint(model: string): string;
}

/** The label where it does not begin the sentence. */
export const withinSentence = ({ label }: Pick<HttpService, 'label'>): string =>
  label.replace(/^The /, 'the ');

/** True for an address on this machine. */
export function isLoopback(address: string): boolean {
  const host = parseAddress(address)?.hostname ?? '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host.startsWith('127.');
}

/** The address as it may be shown: user name, password and query removed. */
export function shownAddress(address: string): string {
  const url = parseAddress(address);
  return url
    ? `${url.protocol}//${url.host}${url.pathname.replace(/\/$/, '')}`
    : (address.split('@').at(-1) ?? '');
}

function parseAddress(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
