import type http from 'node:http';
import type { SendGate } from '../../core/ports/sendGate.ts';

/** Builds a request, head and body, with these among its options. Never throws. */
export type BuildRequest = (options: object) => void;

/** Called with what gives the request its connection. */
type Hold = (connect: () => void) => void;

const holdKey = Symbol('hold');
type AddRequest = (request: http.ClientRequest, options: { readonly [holdKey]?: Hold }) => void;

/**
 * Lets requests wait for their connection. Node asks the agent for one in the moment it builds a request, so this agent
 * answers later where the request's options say so; `addRequest` is what every agent of Node's is asked by, and what
 * packages that bring agents of their own override.
 */
export function holdingAgent<Agent extends http.Agent>(agent: Agent): Agent {
  const holding = agent as unknown as { addRequest: AddRequest };
  const add = holding.addRequest.bind(agent);
  holding.addRequest = (request, options) => {
    const hold = options[holdKey];
    if (hold === undefined) add(request, options);
    else hold(() => add(request, options));
  };
  return agent;
}

/** Whether the last request reached an agent of ours: inside VS Code the editor may put its own in their place. */
let isOurs = false;

/**
 * Has the whole request ready when `gate` opens, so that nothing is left to do but to write it; where the agent is not
 * ours it is built then. What cannot be built does not enter.
 */
export function buildAndEnter(gate: SendGate, signal: AbortSignal, build: BuildRequest): void {
  if (!isOurs) {
    gate.enter(signal, () => {
      const hold: Hold = (connect) => {
        isOurs = true;
        connect();
      };
      build({ [holdKey]: hold });
    });
    return;
  }
  const connects: (() => void)[] = [];
  const hold: Hold = (connect) => connects.push(connect);
  build({ [holdKey]: hold });
  const [connect] = connects;
  isOurs = connect !== undefined;
  if (connect !== undefined) gate.enter(signal, connect);
}
