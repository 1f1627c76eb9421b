import type { ModelRequest } from '../../domain/chat.ts';
import { costOf, type PriceOverrides } from '../../domain/price.ts';
import type { PlannedStep, RunPlan } from '../../domain/runPlan.ts';
import type { Route } from '../../domain/runEvent.ts';
import { ToolProblem } from './toolProblem.ts';

/** What all calls of agents through one server, or one window, may cost together. */
export interface SpendingLimit {
  /** US dollars still free, null without a limit. */
  remainingUsd(): number | null;
  /** Sets money aside for a call; null: its price is not known. Throws `ToolProblem` when it could cost more than is left. */
  reserve(worstUsd: number | null): Reservation;
}

export interface Reservation {
  /** What it really cost; null: unknown, then what was set aside counts as spent. */
  settle(costUsd: number | null): void;
}

/** `limit` is asked before each call, since a setting may change meanwhile; 0: none. */
export function createSpendingLimit(limit: () => number): SpendingLimit {
  let spentUsd = 0;
  let reservedUsd = 0;
  const remaining = (): number => Math.max(0, limit() - spentUsd - reservedUsd);
  return {
    remainingUsd: () => (limit() > 0 ? remaining() : null),
    reserve(worstUsd) {
      const amount = worstUsd ?? 0;
      const limitUsd = limit();
      if (limitUsd > 0 && amount > 0 && amount > remaining()) {
        throw new ToolProblem(
          `over-budget: this call could cost up to ${dollars(amount)}, and ${dollars(remaining())} is left of the ${dollars(limitUsd)} that agents may spend here (promptly.mcp.maxCostUsd). Nothing was sent. Raise the limit, lower maxTokens, or use a local model.`,
        );
      }
      if (limitUsd > 0 && worstUsd === null) {
        throw new ToolProblem(
          'over-budget: the price of this model is not known, so the limit promptly.mcp.maxCostUsd cannot be kept. Nothing was sent. Give its price in promptly.pricing, or use a model whose price is known.',
        );
      }
      reservedUsd += amount;
      return {
        settle: (costUsd) => {
          reservedUsd -= amount;
          spentUsd += costUsd ?? amount;
        },
      };
    },
  };
}

const dollars = (amount: number): string => `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`;

const defaultMaxTokens = 4096;

/** The most a plan can cost; null where a price is unknown. A token is taken to be two characters: more than any text has. */
export function worstCostOf(plan: RunPlan, date: string, prices: PriceOverrides): number | null {
  const costs =
    plan.chain === undefined
      ? plan.calls.map(({ route, request }) => worstCall(route, request, 0, date, prices))
      : stepsOf(plan.chain.steps, date, prices, inputLength(plan.chain.inputs));
  if (costs.includes(null)) return null;
  return costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}

function worstCall(
  route: Route,
  request: Pick<ModelRequest, 'messages' | 'parameters'>,
  moreCharacters: number,
  date: string,
  prices: PriceOverrides,
): number | null {
  const characters = request.messages.reduce((sum, { content }) => sum + content.length, moreCharacters);
  const usage = {
    inputTokens: Math.ceil(characters / 2),
    outputTokens: request.parameters.maxTokens ?? defaultMaxTokens,
    cachedInputTokens: null,
  };
  return costOf(usage, route.backend, route.model, date, prices);
}

const inputLength = (inputs: object): number => JSON.stringify(inputs).length;

/** A step's input is at most every earlier answer at full length. */
function stepsOf(
  steps: readonly PlannedStep[],
  date: string,
  prices: PriceOverrides,
  before: number,
): (number | null)[] {
  let characters = before;
  return steps.flatMap(({ target }) => {
    if (target.type === 'chain') return stepsOf(target.steps, date, prices, characters);
    const { call } = target;
    const own = [
      ...call.file.messages.map(({ content }) => ({ role: 'user' as const, content })),
      ...call.attachments.map(({ text }) => ({ role: 'user' as const, content: text })),
      ...(call.file.kind === 'skill' ? [{ role: 'user' as const, content: call.file.instructions }] : []),
    ];
    const cost = worstCall(
      call.route,
      { messages: own, parameters: call.parameters },
      characters,
      date,
      prices,
    );
    characters += (call.parameters.maxTokens ?? defaultMaxTokens) * 6;
    return [cost];
  });
}
