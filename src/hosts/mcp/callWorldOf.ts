import type { CallWorld } from '../../core/pipeline/toolCalls/callWorld.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';

export const callWorldOf = (workspace: McpWorkspace): CallWorld => ({
  pipeline: workspace.host.engine.pipeline,
  spending: workspace.spending,
  prices: workspace.host.reading.settings.pricing,
  shownPath: (file) => workspace.shownPath(file),
});
