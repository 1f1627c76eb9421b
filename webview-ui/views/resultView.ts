import { html, nothing, type TemplateResult } from 'lit-html';
import type { Failure } from '../../src/core/domain/failure.ts';
import type { ReportedEvaluation } from '../../src/core/domain/report.ts';
import { asCost, asDuration, asNumber } from '../../src/core/reporting/numberWords.ts';
import { oneLine, plainText } from '../../src/core/reporting/plainText.ts';
import type { DetailResult, PanelColumn } from '../../src/protocol/panelReport.ts';
import { button } from '../components.ts';
import { scoreMark } from './caseTable.ts';
import { labelButtons, labelByKey, type Labelling } from './labelView.ts';
import { markedText, outputText } from './outputText.ts';

export interface ResultOptions {
  readonly column: PanelColumn;
  /** The output to mark the differences to; null: mark none. */
  readonly comparedWith: string | null;
  readonly asBase: boolean;
  readonly openWhole: () => void;
  /** null: this report cannot keep labels. */
  readonly labelling: Labelling | null;
}

/** One variant's answer to a case: what it said, what that scored and why, what it took. */
export function resultView(result: DetailResult | null, options: ResultOptions): TemplateResult {
  const { column, labelling } = options;
  const canLabel = labelling !== null && result !== null && result.failure === null;
  const byKey = (event: KeyboardEvent): void => {
    if (canLabel) labelByKey(event, labelling);
  };
  return html`<article class="output" aria-label=${`Output of ${column.label}`} @keydown=${byKey}>
    <header>
      <h4>${column.label}</h4>
      <span class="score"
        >${result === null || result.score === null ? nothing : asNumber(result.score, 3)}
        ${result === null || result.passed === null ? nothing : scoreMark(result.passed)}</span
      >
      <span class="dim">${column.detail}</span>
      ${canLabel ? labelButtons(column.label, labelling) : nothing}
    </header>
    ${result === null ? html`<p class="dim">Not run.</p>` : resultBody(result, options)}
  </article>`;
}

function resultBody(result: DetailResult, options: ResultOptions): TemplateResult {
  const output = plainText(result.output);
  const { comparedWith } = options;
  const cut = result.outputLength > result.output.length;
  return html`${result.failure === null ? nothing : failureView(result.failure)}
    ${
      comparedWith === null || output === ''
        ? outputText(output === '' && result.failure === null ? '(empty)' : output)
        : markedText(output, plainText(comparedWith), options.asBase)
    }
    ${
      cut
        ? html`<p class="dim">
            The first ${result.output.length.toLocaleString('en')} of
            ${result.outputLength.toLocaleString('en')} characters.
          </p>`
        : nothing
    }
    ${
      cut
        ? button({
            label: 'Open Whole Output',
            accessibleName: `Open Whole Output of ${options.column.label}`,
            onClick: options.openWhole,
          })
        : nothing
    }
    ${evaluationsView(result.evaluations, options.column.label)}
    <p class="dim took">${tookWords(result)}</p>`;
}

function failureView({ message, hint, code }: Failure): TemplateResult {
  return html`<p class="failure"><b>${code}</b>: ${plainText(message)} ${plainText(hint)}</p>`;
}

function evaluationsView(
  evaluations: readonly ReportedEvaluation[],
  label: string,
): TemplateResult | typeof nothing {
  if (evaluations.length === 0) return nothing;
  return html`<table class="plain evaluations">
    <caption class="hidden">
      Evaluators of ${label}
    </caption>
    <thead>
      <tr>
        <th scope="col">Evaluator</th>
        <th scope="col">Score</th>
        <th scope="col">Why</th>
      </tr>
    </thead>
    <tbody>
      ${evaluations.map(
        ({ name, score, passed, reason }) =>
          html`<tr>
            <th scope="row">${oneLine(name, 80)}</th>
            <td>
              ${score === null ? '–' : asNumber(score, 3)} ${passed === null ? nothing : scoreMark(passed)}
            </td>
            <td class="why"><bdi>${reason === null ? '' : plainText(reason)}</bdi></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function tookWords(result: DetailResult): string {
  const { totalMs, firstTextMs, inputTokens, outputTokens, costUsd, cached } = result;
  const tokens =
    inputTokens === null && outputTokens === null
      ? null
      : `${asNumber(inputTokens, 0)} tokens in, ${asNumber(outputTokens, 0)} out`;
  return [
    cached ? 'from the cache' : asDuration(totalMs),
    firstTextMs === null || cached ? null : `first text after ${asDuration(firstTextMs)}`,
    tokens,
    costUsd === null ? null : asCost(costUsd),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
