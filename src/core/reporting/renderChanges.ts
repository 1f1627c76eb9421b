import type { RunChanges } from './buildRunChanges.ts';
import { changedCases, changeHeaders, changeRow, oneSided } from './changeRows.ts';
import { escapeMarkup } from './escapeMarkup.ts';
import { htmlPage, htmlTable } from './htmlPage.ts';
import { renderIntervalChart } from './intervalChart.ts';
import { escapeMarkdown, markdownTable } from './markdownText.ts';
import { asDifference } from './numberWords.ts';
import { oneLine } from './plainText.ts';
import { renderTable } from './renderTable.ts';

export const changeFormats = ['text', 'json', 'markdown', 'html'] as const;
export type ChangeFormat = (typeof changeFormats)[number];

/** A pull-request comment holds 65,536 characters. */
const maxMarkdownRows = 100;

const renderers: Readonly<Record<ChangeFormat, (changes: RunChanges) => string>> = {
  text: renderText,
  json: (changes) => `${JSON.stringify(changes, null, 2)}\n`,
  markdown: renderMarkdown,
  html: renderHtml,
};

/** Two runs of a test side by side: what got better, what got worse, case by case. */
export function renderChanges(changes: RunChanges, format: ChangeFormat): string {
  return renderers[format](changes);
}

function renderText(changes: RunChanges): string {
  const parts = changes.variants.map((variant) => {
    const rows = changedCases(variant).map((change) =>
      changeRow(change, changes).map((cell) => oneLine(cell, 60)),
    );
    const table = rows.length === 0 ? '' : `\n${renderTable(changeHeaders, rows, new Set([2, 3]))}\n`;
    return `${oneLine(variant.id)}: ${oneLine(variant.sentence, 1000)}\n${table}`;
  });
  const rest = oneSided(changes).map((line) => `${oneLine(line)}\n`);
  return [...parts, rest.join('')].filter((part) => part !== '').join('\n');
}

function renderMarkdown(changes: RunChanges): string {
  const parts = changes.variants.flatMap((variant) => {
    const rows = changedCases(variant).map((change) => changeRow(change, changes));
    const more = rows.length - maxMarkdownRows;
    return [
      `**${escapeMarkdown(variant.id)}: ${escapeMarkdown(variant.sentence, 1000)}**`,
      '',
      ...(rows.length === 0 ? [] : [markdownTable(changeHeaders, rows.slice(0, maxMarkdownRows)), '']),
      ...(more > 0 ? [`… and ${more} more.`, ''] : []),
    ];
  });
  return [
    `## ${escapeMarkdown(changes.name)}: what changed`,
    '',
    ...parts,
    ...oneSided(changes).flatMap((line) => [escapeMarkdown(line), '']),
    `<sub>${escapeMarkdown(runsLine(changes))}</sub>`,
    '',
  ].join('\n');
}

function renderHtml(changes: RunChanges): string {
  const parts = changes.variants.flatMap((variant) => {
    const rows = changedCases(variant).map((change) => changeRow(change, changes));
    return [
      `<h2>${escapeMarkup(variant.id)}</h2>`,
      `<p class="verdict">${escapeMarkup(variant.sentence)}</p>`,
      ...(rows.length === 0 ? [] : [htmlTable(changeHeaders, rows, new Set([2, 3]))]),
    ];
  });
  const rest = oneSided(changes).map((line) => `<p>${escapeMarkup(line)}</p>`);
  return htmlPage(`${changes.name}: what changed`, [
    `<p class="soft">${escapeMarkup(runsLine(changes))}</p>`,
    renderDifferences(changes),
    ...parts,
    ...rest,
  ]);
}

function renderDifferences({ variants, metric }: RunChanges): string {
  const rows = variants.flatMap(({ id, comparison }) =>
    comparison === null
      ? []
      : [
          {
            label: id,
            value: comparison.difference,
            low: comparison.interval?.low ?? null,
            high: comparison.interval?.high ?? null,
            words: asDifference(comparison.difference, metric.name),
            highlighted: false,
          },
        ],
  );
  if (rows.length === 0) return '';
  return renderIntervalChart({
    title: 'The later run against the earlier one, with its interval',
    rows,
    reference: 0,
    axis: (value) => asDifference(value, metric.name).replace(' points', ''),
  });
}

const runsLine = ({ before, after, metric }: RunChanges): string =>
  `${metric.name}, ${metric.direction} is better; run ${before} against run ${after}, over the cases that both scored.`;
