import type { ModelParameters, ModelRequest } from './chat.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Failure } from './failure.ts';
import type { JsonValue } from './json.ts';
import type { Prompt, Skill } from './promptFile.ts';
import type { NotApplied, Route } from './runEvent.ts';

/** One call, ready to send. */
export interface PlannedCall {
  readonly cellId: string;
  readonly route: Route;
  readonly request: ModelRequest;
  readonly notApplied: readonly NotApplied[];
  readonly step?: string;
  /** Which run of the same request this is, from 0; recorded answers are kept apart by it. */
  readonly repetition?: number;
}

/** A file attached to a skill: its path as the skill names it, and its text. */
export interface Attachment {
  readonly path: string;
  readonly text: string;
}

/** A prompt or skill with all it needs but the values of its variables. */
export interface CallTemplate {
  /** The prompt file it came from. */
  readonly path: string;
  readonly file: Prompt | Skill;
  readonly attachments: readonly Attachment[];
  /** Text of each variable that has a `file`. */
  readonly fileTexts: Readonly<Record<string, string>>;
  readonly route: Route;
  /** As sent, the settings' defaults filled in. */
  readonly parameters: ModelParameters;
  /** Names of the parameters that nobody chose: defaults, not worth a word when the model does not take them. */
  readonly defaulted: readonly string[];
}

export interface PlannedStep {
  /** As its own chain knows it. */
  readonly name: string;
  /** `<step>`; a nested chain's steps are `<step>/<inner step>`. Its call's `cellId`. */
  readonly cellId: string;
  /** Variable → template over `input`, `previous`, `steps.<name>.output` and the chain's inputs. */
  readonly with: Readonly<Record<string, string>>;
  readonly target:
    | { readonly type: 'call'; readonly call: CallTemplate }
    | { readonly type: 'chain'; readonly steps: readonly PlannedStep[] };
}

/** A chain's later requests hold earlier outputs, so only its steps are known beforehand. */
export interface ChainPlan {
  readonly inputs: Readonly<Record<string, JsonValue>>;
  readonly steps: readonly PlannedStep[];
}

/** What will happen, inspectable before a token is spent. Plain data: it is stored with the run. */
export interface RunPlan {
  readonly kind: 'prompt' | 'skill' | 'chain';
  readonly name: string;
  /** The prompt file it came from. */
  readonly path: string;
  /** Empty for a chain. */
  readonly calls: readonly PlannedCall[];
  /** Only for a chain. */
  readonly chain?: ChainPlan;
}

export interface FileDiagnostic extends Diagnostic {
  readonly path: string;
}

/** A plan, or why there is none: the user's files are wrong, or the world cannot run it now. */
export type Planned =
  | { readonly status: 'ready'; readonly plan: RunPlan; readonly warnings: readonly FileDiagnostic[] }
  | { readonly status: 'invalid'; readonly diagnostics: readonly FileDiagnostic[] }
  | { readonly status: 'failed'; readonly failure: Failure; readonly route: Route | null };
