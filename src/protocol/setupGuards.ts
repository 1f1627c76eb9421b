import type { JsonObject, JsonValue } from '../core/domain/json.ts';
import {
  arrayOf,
  isBoolean,
  isNumber,
  isString,
  messageOf,
  nullOr,
  objectOf,
  oneOf,
  type Guard,
} from './guard.ts';
import { isPanelFacts } from './panelPlan.ts';
import type { PanelSetup, SetupEdit, SetupLock, SetupPath, SetupPreview, SetupProblem } from './setup.ts';

/** Deeper data belongs into a file of its own; a guard must not run out of stack. */
const maxDepth = 100;

function isJsonWithin(value: unknown, depth: number): value is JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return isNumber(value);
  if (typeof value !== 'object' || depth === 0) return false;
  return Object.values(value).every((each) => isJsonWithin(each, depth - 1));
}

export const isJson: Guard<JsonValue> = (value): value is JsonValue => isJsonWithin(value, maxDepth);

export const isJsonObject: Guard<JsonObject> = (value): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && isJson(value);

const isStep: Guard<string | number> = (value): value is string | number =>
  isString(value) || (Number.isInteger(value) && (value as number) >= 0);

const isPath: Guard<SetupPath> = arrayOf(isStep);

export const isSetupEdit = messageOf<SetupEdit>({
  set: { path: isPath, value: isJson },
  append: { path: isPath, values: arrayOf(isJson) },
  remove: { path: isPath },
});

const isPreview = objectOf<SetupPreview>({
  from: isString,
  columns: arrayOf(isString),
  rows: arrayOf(arrayOf(isString)),
  count: isNumber,
  more: isBoolean,
});

export const isPanelSetup = objectOf<PanelSetup>({
  source: isString,
  file: nullOr(isString),
  title: isString,
  value: isJsonObject,
  acknowledged: isNumber,
  lock: nullOr(
    objectOf<SetupLock>({
      message: isString,
      startable: isBoolean,
      place: nullOr(objectOf<NonNullable<SetupLock['place']>>({ line: isNumber, column: isNumber })),
    }),
  ),
  refused: nullOr(isString),
  problems: arrayOf(
    objectOf<SetupProblem>({
      path: isPath,
      severity: oneOf(['error', 'warning']),
      message: isString,
      place: isString,
    }),
  ),
  facts: nullOr(isPanelFacts),
  planning: isBoolean,
  variables: arrayOf(isString),
  inherited: nullOr(isPreview),
  dataFile: nullOr(isPreview),
});
