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

/**
 * Whether the last request came to an agent of ours at once. Inside VS Code it first goes to one of the editor's, which
 * may ask ours later, or never.
 */
let isAskedAtOnce = false;

/**
 * Has the whole request ready when `gate` opens, so that nothing is left to do but to write it; where our agent is not
 * asked at once it is built then. What cannot be built does not enter.
 */
export function buildAndEnter(gate: SendGate, signal: AbortSignal, build: BuildRequest): void {
  if (!isAskedAtOnce) {
    gate.enter(signal, () => {
      buildHeld(build)?.();
    });
    return;
  }
  const connect = buildHeld(build);
  if (connect !== null) gate.enter(signal, connect);
}

/** What connects the request; null when it is on its way already, or cannot be built. */
function buildHeld(build: BuildRequest): (() => void) | null {
  const held: (() => void)[] = [];
  let isBuilt = false;
  const hold: Hold = (connect) => {
    if (isBuilt) connect();
    else held.push(connect);
  };
  build({ [holdKey]: hold });
  isBuilt = true;
  const [connect = null] = held;
  isAskedAtOnce = connect !== null;
  return connect;
}
