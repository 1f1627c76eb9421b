import type { TestedCase, TestedPrompt, TestReport } from '../domain/report.ts';

/**
 * The JSON that GitHub's retired `gh models eval --json` printed, for scripts that read it: one document, or a list of
 * them for several prompts. Its rules: a case without a score has failed, a rate is a percentage.
 */
export function renderGhModels(report: TestReport): string {
  const documents = report.prompts.map(toDocument);
  return `${JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2)}\n`;
}

function toDocument({ name, model, declared, cases, passed, failed, errors }: TestedPrompt) {
  const totalTests = passed + failed + errors;
  return {
    name,
    description: declared?.description ?? '',
    model: declared?.model ?? model ?? '',
    testResults: cases.flatMap(toResults),
    summary: {
      totalTests,
      passedTests: passed,
      failedTests: totalTests - passed,
      passRate: totalTests === 0 ? 0 : (100 * passed) / totalTests,
    },
  };
}

function toResults({ vars, expected, results }: TestedCase) {
  const testCase = expected === null ? vars : { ...vars, expected };
  return results.map(({ output, evaluations, failure }) => ({
    testCase,
    modelResponse: output.trim(),
    evaluationResults: evaluations.map((evaluation) => ({
      evaluatorName: evaluation.name,
      score: evaluation.score ?? 0,
      passed: evaluation.passed ?? false,
      ...detailsOf(evaluation.reason),
    })),
    ...(failure !== null && { error: failure.message }),
  }));
}

const detailsOf = (reason: string | null): { readonly details?: string } =>
  reason === null || reason === '' ? {} : { details: reason };
