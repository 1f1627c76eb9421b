import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';

/**
 * A request that cannot be answered, for the requests that have no error results. The SDK sends code and words as they are;
 * its own class would put the code into the words, too, and the client's once more.
 */
export class ProtocolProblem extends Error {
  override readonly name = 'ProtocolProblem';
  readonly code = ErrorCode.InvalidParams;
}
