import type { PlannedCase, PlannedVariant } from '../../domain/experimentPlan.ts';
import type { FileDiagnostic } from '../../domain/runPlan.ts';
import { settleValues } from '../../planning/settleValues.ts';
import { toDiagnostic } from '../planCall.ts';
import { planChain } from '../planChain.ts';
import type { FoundVariant, VariantAsker } from './planVariant.ts';
import { atRevision, variantLayer } from './planVariant.ts';

/** More findings than anybody reads; usually they are all the same. */
const maxFindings = 20;

/** Every case against every variant before the first call: a variable without a value, a value that is not allowed. */
export async function checkCases(
  asker: VariantAsker,
  found: FoundVariant,
  variant: PlannedVariant,
  cases: readonly PlannedCase[],
  signal: AbortSignal,
): Promise<FileDiagnostic[]> {
  const { target } = variant;
  if (target.type === 'chain') return checkChainCases(asker, found, cases, signal);
  const problems = new Map<string, FileDiagnostic>();
  for (const { id, variables } of cases) {
    const settled = settleValues(target.call.file, variables, target.call.fileTexts);
    for (const problem of settled.problems) {
      const finding = forCase(toDiagnostic(found.source.parsed, problem), id, found.spec);
      const key = `${problem.variable} ${problem.code === 'unset-variable' ? '' : id}`;
      if (problems.size < maxFindings && !problems.has(key)) problems.set(key, finding);
    }
  }
  return [...problems.values()];
}

const forCase = (diagnostic: FileDiagnostic, id: string, spec: FoundVariant['spec']): FileDiagnostic => ({
  ...diagnostic,
  message: `${atRevision(spec)}Case ${id}: ${diagnostic.message}`,
});

/** A chain is resolved again for each set of names that the cases give. */
async function checkChainCases(
  { workspaceFolder, choice }: VariantAsker,
  { spec, source }: FoundVariant,
  cases: readonly PlannedCase[],
  signal: AbortSignal,
): Promise<FileDiagnostic[]> {
  const { world, parsed, file } = source;
  if (file.kind !== 'chain') return [];
  const seen = new Set<string>();
  for (const { id, variables } of cases) {
    const names = JSON.stringify(Object.keys(variables).sort());
    if (seen.has(names)) continue;
    seen.add(names);
    const request = { file: parsed, workspaceFolder, inputs: variables, ...(choice && { choice }) };
    const planned = await planChain(world, request, file, signal, [variantLayer(spec)]);
    if (planned.status === 'invalid') return planned.diagnostics.map((problem) => forCase(problem, id, spec));
  }
  return [];
}
