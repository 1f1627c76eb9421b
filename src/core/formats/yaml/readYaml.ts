import { isAlias } from 'yaml';
import type { Alias, Node } from 'yaml';
import type { Diagnostic, Range } from '../../domain/diagnostic.ts';
import type { JsonValue } from '../../domain/json.ts';
import { textPositions } from '../textPositions.ts';
import type { TextPositions } from '../textPositions.ts';
import { buildValues } from './buildValues.ts';
import type { BuiltValues } from './buildValues.ts';
import { composeYaml } from './composeYaml.ts';
import type { YamlProblem } from './composeYaml.ts';
import { findPlace } from './locate.ts';
import type { NodePlace, Path } from './locate.ts';
import { scalarRange } from './scalarRange.ts';
import type { UnquotedVariable } from './unquotedVariable.ts';

/** A YAML text as plain values, with a way back from each value to its place. */
export interface YamlTree {
  readonly value: JsonValue;
  /** The same tree with every scalar as its source text. */
  readonly texts: JsonValue;
  readonly positions: TextPositions;
  readonly diagnostics: readonly Diagnostic[];
  /** Offsets of the node at a path, or of its nearest ancestor. */
  place(path: Path): NodePlace & { readonly found: boolean };
  /** `part` defaults to the value where there is one, else the key. */
  locate(path: Path, part?: 'key' | 'value'): Range;
  /** Where a piece of the text at `path` stands, behind an alias at its anchor; else the whole text. Offsets into that text. */
  locatePiece(path: Path, text: string, piece: { readonly start: number; readonly end: number }): Range;
  /** The source at a range. */
  textAt(range: Range): string;
}

/** Never throws. At most `maxFindings` of each sort are told: one mistake early in a text can make thousands of them. */
export function readYaml(text: string, maxFindings = 50): YamlTree {
  const positions = textPositions(text);
  const { document, problems } = composeYaml(text);
  const built: BuiltValues | null = document === null ? null : buildValues(document, text);
  const aliases: ReadonlyMap<Alias, Node> = built?.aliases ?? new Map<Alias, Node>();
  const root = document?.contents ?? null;
  const place = (path: Path): ReturnType<YamlTree['place']> => findPlace(root, path, aliases);
  const unquoted = built?.unquoted.slice(0, maxFindings) ?? [];
  const visible = [
    ...problems.slice(0, maxFindings),
    ...(built?.problems.slice(0, maxFindings) ?? []),
  ].filter((problem) => !isWithin(problem, unquoted, positions));
  return {
    value: built?.value ?? null,
    texts: built?.texts ?? null,
    positions,
    diagnostics: [
      ...visible.map((problem) => toDiagnostic(problem, positions)),
      ...unquoted.map((problem) => toDiagnostic(problem, positions, problem.quoted)),
    ],
    place,
    locate(path, part) {
      const { key, value } = place(path);
      const wanted = part === 'key' || value.end === value.start ? (key ?? value) : value;
      return positions.range(wanted.start, wanted.end);
    },
    locatePiece(path, content, piece) {
      const { found, value, node } = place(path);
      const anchored = isAlias(node) ? aliases.get(node)?.range : undefined;
      const whole = anchored ? { start: anchored[0], end: anchored[1] } : value;
      const { start, end } = found ? scalarRange(text, whole, content, piece) : whole;
      return positions.range(start, end);
    },
    textAt: ({ start, end }) => text.slice(positions.offsetAt(start), positions.offsetAt(end)),
  };
}

/** What YAML says about the rest of a line that is meant as text is no news. */
function isWithin(
  problem: YamlProblem,
  unquoted: readonly UnquotedVariable[],
  positions: TextPositions,
): boolean {
  const { line } = positions.positionAt(problem.start);
  return unquoted.some(({ start, end }) => {
    const ends = positions.positionAt(end).line;
    return (
      problem.start >= start &&
      (problem.start <= end || line === ends || line === ends + 1) &&
      problem.code === 'bad-yaml'
    );
  });
}

function toDiagnostic(problem: YamlProblem, positions: TextPositions, quoted?: string): Diagnostic {
  const range = positions.range(problem.start, Math.max(problem.end, problem.start));
  const { code, message } = problem;
  if (quoted === undefined) return { code, severity: 'error', message, range };
  return {
    code,
    severity: 'error',
    message,
    range,
    fix: { title: 'Quote this', edits: [{ range, newText: quoted }] },
  };
}
