import { ensureTestModel } from '../model/ensureTestModel.ts';
import { ensureTestRuntime } from '../model/ensureTestRuntime.ts';

/** Fetches the small embedded model and what runs it (once), and returns the settings that name them. */
export async function embeddedModelSettings(): Promise<Readonly<Record<string, string>>> {
  return {
    'promptly.builtin.model': await ensureTestModel(),
    'promptly.builtin.runtimePath': await ensureTestRuntime(),
  };
}
