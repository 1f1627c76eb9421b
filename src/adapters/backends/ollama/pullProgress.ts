import type { InstallProgress } from '../../../core/ports/modelBackend.ts';

/** The server reports each layer by itself; people want one bar. */
export function createPullProgress(model: string) {
  const layers = new Map<string, { completed: number; total: number }>();
  return (line: {
    status?: string;
    digest?: string;
    total?: number;
    completed?: number;
  }): InstallProgress => {
    if (line.digest && line.total)
      layers.set(line.digest, { completed: line.completed ?? 0, total: line.total });
    const sizes = [...layers.values()];
    const total = sizes.reduce((sum, layer) => sum + layer.total, 0);
    const completed = sizes.reduce((sum, layer) => sum + Math.min(layer.completed, layer.total), 0);
    const fraction = total === 0 ? null : completed / total;
    const amount = `${Math.round(completed / 1e6)} MB of ${Math.round(total / 1e6)} MB`;
    const doing = line.digest && total > 0 ? amount : (line.status ?? 'working');
    return { message: `Pulling ${model}: ${doing}`, fraction };
  };
}
