import type { ModelRequest } from './chat.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Failure } from './failure.ts';
import type { NotApplied, Route } from './runEvent.ts';

/** One call, ready to send. */
export interface PlannedCall {
  readonly cellId: string;
  readonly route: Route;
  readonly request: ModelRequest;
  readonly notApplied: readonly NotApplied[];
  readonly step?: string;
}

/** What will happen, inspectable before a token is spent. */
export interface RunPlan {
  readonly kind: 'prompt' | 'skill';
  readonly name: string;
  /** The prompt file it came from. */
  readonly path: string;
  readonly calls: readonly PlannedCall[];
}

export interface FileDiagnostic extends Diagnostic {
  readonly path: string;
}

/** A plan, or why there is none: the user's files are wrong, or the world cannot run it now. */
export type Planned =
  | { readonly status: 'ready'; readonly plan: RunPlan; readonly warnings: readonly FileDiagnostic[] }
  | { readonly status: 'invalid'; readonly diagnostics: readonly FileDiagnostic[] }
  | { readonly status: 'failed'; readonly failure: Failure; readonly route: Route | null };
