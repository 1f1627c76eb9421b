import { isBackendId, type BackendId } from '../../../core/domain/backendId.ts';

/** What a command about backends was given: an id, or a node of the view; undefined from the palette. */
export function backendArgument(argument: unknown): BackendId | 'auto' | undefined {
  const id = fieldOf(argument, 'backend');
  return typeof id === 'string' && (id === 'auto' || isBackendId(id)) ? id : undefined;
}

/** The model of a node of the view. */
export function modelArgument(argument: unknown): string | undefined {
  const model = typeof argument === 'object' ? fieldOf(argument, 'model') : undefined;
  return typeof model === 'string' ? model : undefined;
}

function fieldOf(argument: unknown, name: string): unknown {
  if (typeof argument !== 'object' || argument === null) return argument;
  return (argument as Readonly<Record<string, unknown>>)[name];
}
