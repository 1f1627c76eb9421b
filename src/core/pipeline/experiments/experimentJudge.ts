import { BackendError } from '../../domain/backendError.ts';
import type { ModelRequest } from '../../domain/chat.ts';
import type { ExperimentCell } from '../../domain/experimentCell.ts';
import { cellIdOf, rivalsOf } from '../../domain/experimentCell.ts';
import type { CellResult, JudgeReply, Route } from '../../domain/runEvent.ts';
import type { PlannedCall } from '../../domain/runPlan.ts';
import { textKey } from '../../domain/textKey.ts';
import type { RouteLayer } from '../../planning/chooseRoute.ts';
import type { JudgeModel, JudgeRequest } from '../../ports/judgeModel.ts';
import { createRouter } from '../routeRun.ts';
import type { ExperimentContext } from './experimentContext.ts';

/** Asks judges through the same engine as everything else: limits, retries, cache. One for the life of a run. */
export class ExperimentJudge {
  readonly #context: ExperimentContext;
  readonly #routes = new Map<string, Promise<Route>>();
  /** Models that refused structured output once. */
  readonly #plainText = new Set<string>();
  readonly #inFlight = new Map<string, Promise<JudgeReply>>();

  constructor(context: ExperimentContext) {
    this.#context = context;
  }

  /** The judge for the outputs of one cell. Answers that are in the journal are not asked for again. */
  of(cell: ExperimentCell, own: Route): JudgeModel {
    const known = [...this.#context.state.judgeReplies(cellIdOf(cell))];
    return {
      ask: async (request, signal) => {
        const question = this.#questionOf(request, own);
        const before = known.findIndex((item) => (item.question ?? question) === question);
        const [answered] = before === -1 ? [] : known.splice(before, 1);
        if (answered !== undefined) return answered.reply;
        const put = (): Promise<JudgeReply> => this.#put(cell, own, request, question, signal);
        if (request.isSharedByRivals !== true) return put();
        const rivals = this.#answeredToRivals(cell, question);
        if (rivals !== undefined) return shared(rivals);
        return this.#askOnce(`${cell.caseIndex} ${cell.repetition} ${question}`, put);
      },
    };
  }

  /** Where models judge themselves, rivals may have judges of their own. */
  #questionOf(request: JudgeRequest, own: Route): string {
    const { world, plan } = this.#context;
    const isOwn = (request.modelId ?? world.settings(plan.path).judge.model) === '';
    return textKey(JSON.stringify(isOwn ? [request, own.backend, own.model] : [request]));
  }

  #answeredToRivals(cell: ExperimentCell, question: string): JudgeReply | undefined {
    const { state, plan } = this.#context;
    return rivalsOf(plan, cell)
      .flatMap((rival) => state.judgeReplies(cellIdOf(rival)))
      .find((item) => item.question === question)?.reply;
  }

  /** Rivals are scored at the same time: who comes second waits for the first one's answer. */
  async #askOnce(place: string, put: () => Promise<JudgeReply>): Promise<JudgeReply> {
    const asked = this.#inFlight.get(place);
    if (asked !== undefined) return shared(await asked);
    const asking = put();
    this.#inFlight.set(place, asking);
    try {
      return await asking;
    } finally {
      this.#inFlight.delete(place);
    }
  }

  async #put(
    cell: ExperimentCell,
    own: Route,
    request: JudgeRequest,
    question: string,
    signal: AbortSignal,
  ): Promise<JudgeReply> {
    const cellId = cellIdOf(cell);
    const { route, notice } = await this.#route(request.modelId, own, signal);
    const reply = await this.#ask(cellId, route, request, notice, signal);
    await this.#context.record({ type: 'judge-answered', cellId, reply, question });
    return reply;
  }

  async #route(
    modelId: string | null,
    own: Route,
    signal: AbortSignal,
  ): Promise<{ readonly route: Route; readonly notice: string | undefined }> {
    const { world, plan } = this.#context;
    const settings = world.settings(plan.path);
    const model = modelId ?? settings.judge.model;
    if (model === '') {
      const notice = `${own.model} judges itself; set promptly.judge.model to another model.`;
      return { route: own, notice };
    }
    const known = this.#routes.get(model);
    if (known !== undefined) return { route: await known, notice: undefined };
    const layer: RouteLayer = { model, who: modelId === null ? 'promptly.judge.model' : 'the evaluator' };
    const route = createRouter(
      world,
      settings,
      signal,
    )([layer]).then((routed) => {
      if (routed.status === 'routed') return routed.route;
      throw new BackendError(routed.failure.code, routed.failure.message, routed.failure);
    });
    this.#routes.set(model, route);
    route.catch(() => this.#routes.delete(model));
    return { route: await route, notice: undefined };
  }

  async #ask(
    cellId: string,
    route: Route,
    { messages, parameters, responseFormat }: JudgeRequest,
    notice: string | undefined,
    signal: AbortSignal,
  ): Promise<JudgeReply> {
    const name = `${route.backend}/${route.model}`;
    const structured = responseFormat.type !== 'text' && !this.#plainText.has(name);
    const format = structured ? responseFormat : ({ type: 'text' } as const);
    const base = { model: route.model, messages, parameters, variables: {} };
    let result = await this.#call(cellId, route, { ...base, responseFormat: format }, signal);
    if (structured && result.failure?.code === 'rejected') {
      this.#plainText.add(name);
      result = await this.#call(cellId, route, { ...base, responseFormat: { type: 'text' } }, signal);
    }
    signal.throwIfAborted();
    if (result.failure !== null) {
      throw new BackendError(result.failure.code, result.failure.message, result.failure);
    }
    const { output, finishReason, usage, costUsd } = result;
    const { backend, model } = route;
    const reply = { text: output, finishReason, backend, model, usage, costUsd };
    return notice === undefined ? reply : { ...reply, notice };
  }

  async #call(cellId: string, route: Route, request: ModelRequest, signal: AbortSignal): Promise<CellResult> {
    const call: PlannedCall = { cellId, route, request, notApplied: [] };
    for await (const event of this.#context.executor.run(call, signal)) {
      if (event.type === 'cell-finished') return event.result;
    }
    throw new Error('a call ended without a result');
  }
}

/** What has been asked for a rival is told without being counted again. */
const shared = (reply: JudgeReply): JudgeReply => ({
  ...reply,
  usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 },
  costUsd: 0,
  isShared: true,
});
