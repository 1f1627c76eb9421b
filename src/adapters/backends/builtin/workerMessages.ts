import type { ChatMessage, FinishReason, ResponseFormat } from '../../../core/domain/chat.ts';
import { failureCodes, type FailureCode } from '../../../core/domain/failure.ts';

/** What the worker needs for one answer. Everything is plain JSON: it crosses a process border. */
export interface GenerateMessage {
  readonly type: 'generate';
  readonly id: number;
  /** Folder whose `node_modules` holds node-llama-cpp. */
  readonly runtimeFolder: string;
  readonly modelPath: string;
  readonly messages: readonly ChatMessage[];
  readonly sampling: Sampling;
  readonly responseFormat: ResponseFormat;
}

export interface Sampling {
  readonly maxTokens: number | null;
  readonly temperature: number;
  readonly topP: number | null;
  readonly topK: number | null;
  readonly minP: number | null;
  readonly repeatPenalty: number | null;
  readonly seed: number | null;
  readonly stop: readonly string[];
  /** null: as the model likes; false: no thoughts. */
  readonly thinking: boolean | null;
  /** null: as large as the request needs. */
  readonly contextTokens: number | null;
}

export type ToWorker =
  | GenerateMessage
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'probe'; readonly id: number; readonly runtimeFolder: string };

export interface FinishMessage {
  readonly type: 'finish';
  readonly id: number;
  readonly finishReason: FinishReason;
  readonly rawFinishReason: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** null when the model was loaded already. */
  readonly loadMs: number | null;
  readonly modelVersion: string;
}

/** Every request ends with exactly one of `finish`, `failed`, `stopped`, `probed`. */
export type FromWorker =
  | { readonly type: 'text'; readonly id: number; readonly text: string }
  | { readonly type: 'reasoning'; readonly id: number; readonly text: string }
  | { readonly type: 'notice'; readonly id: number; readonly message: string }
  | FinishMessage
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly code: FailureCode;
      readonly message: string;
      readonly hint: string | null;
    }
  | { readonly type: 'stopped'; readonly id: number }
  | { readonly type: 'probed'; readonly id: number; readonly description: string };

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const finishReasons: readonly unknown[] = [
  'stop',
  'length',
  'content-filter',
  'refusal',
  'tool-use',
  'other',
];

const fromWorker: Record<FromWorker['type'], (fields: Fields) => boolean> = {
  text: (fields) => isText(fields['text']),
  reasoning: (fields) => isText(fields['text']),
  notice: (fields) => isText(fields['message']),
  finish: (fields) =>
    finishReasons.includes(fields['finishReason']) &&
    isText(fields['rawFinishReason']) &&
    isCount(fields['inputTokens']) &&
    isCount(fields['outputTokens']) &&
    (fields['loadMs'] === null || isCount(fields['loadMs'])) &&
    isText(fields['modelVersion']),
  failed: (fields) =>
    (failureCodes as readonly unknown[]).includes(fields['code']) &&
    isText(fields['message']) &&
    (fields['hint'] === null || isText(fields['hint'])),
  stopped: () => true,
  probed: (fields) => isText(fields['description']),
};

const toWorker: Record<ToWorker['type'], (fields: Fields) => boolean> = {
  generate: (fields) =>
    isText(fields['runtimeFolder']) &&
    isText(fields['modelPath']) &&
    Array.isArray(fields['messages']) &&
    fields['messages'].every(isChatMessage) &&
    isSampling(fields['sampling']) &&
    isFields(fields['responseFormat']) &&
    isText(fields['responseFormat']['type']),
  cancel: () => true,
  probe: (fields) => isText(fields['runtimeFolder']),
};

function isChatMessage(value: unknown): boolean {
  return isFields(value) && isText(value['role']) && isText(value['content']);
}

function isSampling(value: unknown): boolean {
  return (
    isFields(value) &&
    isCount(value['temperature']) &&
    Array.isArray(value['stop']) &&
    value['stop'].every(isText) &&
    ['maxTokens', 'topP', 'topK', 'minP', 'repeatPenalty', 'seed', 'contextTokens'].every(
      (name) => value[name] === null || typeof value[name] === 'number',
    )
  );
}

function matches(value: unknown, guards: Record<string, (fields: Fields) => boolean>): boolean {
  if (!isFields(value) || !isText(value['type']) || !Number.isInteger(value['id'])) return false;
  return Object.hasOwn(guards, value['type']) && guards[value['type']]?.(value) === true;
}

/** What arrived from the worker; null when it is not a message of ours. */
export function readFromWorker(value: unknown): FromWorker | null {
  return matches(value, fromWorker) ? (value as FromWorker) : null;
}

/** What arrived from the host; null when it is not a message of ours. */
export function readToWorker(value: unknown): ToWorker | null {
  return matches(value, toWorker) ? (value as ToWorker) : null;
}
