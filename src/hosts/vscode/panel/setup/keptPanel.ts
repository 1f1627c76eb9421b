import type { JsonObject } from '../../../../core/domain/json.ts';
import { isString, nullOr, objectOf } from '../../../../protocol/guard.ts';
import { isJsonObject } from '../../../../protocol/setupGuards.ts';

export interface KeptSetup {
  /** Address of the file, or of the place a draft would have. */
  readonly source: string;
  /** null for a file. */
  readonly draft: JsonObject | null;
}

export interface KeptPanel {
  /** Address of a report; '' without one. */
  readonly source: string;
  readonly setup: KeptSetup | null;
}

const hasSource = objectOf<{ readonly source: string }>({ source: isString });
const hasSetup = objectOf<{ readonly setup: KeptSetup }>({
  setup: objectOf<KeptSetup>({ source: isString, draft: nullOr(isJsonObject) }),
});

/** What the editor kept of a panel over a restart, as far as it can be read. */
export function readKeptPanel(state: unknown): KeptPanel {
  return {
    source: hasSource(state) ? state.source : '',
    setup: hasSetup(state) ? state.setup : null,
  };
}
