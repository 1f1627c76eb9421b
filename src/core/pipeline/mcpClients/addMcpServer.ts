import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { fileNameFor } from '../../domain/fileNameFor.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { McpClient, McpServerStart } from './mcpClients.ts';
import { setJsonValue } from './setJsonValue.ts';

export type AddedServer =
  | { readonly status: 'added' | 'changed' | 'unchanged'; readonly text: string; readonly name: string }
  /** The file is no configuration that could be added to; nothing is changed. Line from 1. */
  | { readonly status: 'broken'; readonly line: number; readonly message: string };

/**
 * A client's configuration with our server in it. Comments, layout, other servers and what the user added to our entry
 * stay. `text`: the file as it is, empty when there is none. Changes nothing by itself; never throws.
 */
export function addMcpServer(text: string, client: McpClient, start: McpServerStart): AddedServer {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const json = text.slice(bom.length);
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: true };
  const document: unknown = json.trim() === '' ? {} : (parse(json, errors, options) as unknown);
  const [error] = errors;
  if (error !== undefined) {
    const line = json.slice(0, error.offset).split('\n').length;
    return { status: 'broken', line, message: printParseErrorCode(error.error) };
  }
  if (!isMap(document)) return { status: 'broken', line: 1, message: 'not a JSON object' };
  const section = (Object.hasOwn(document, client.section) && document[client.section]) || {};
  if (!isMap(section)) return { status: 'broken', line: 1, message: `"${client.section}" is not an object` };
  const name = nameFor(section, client.entry(start), start.folder);
  const before = section[name];
  const entry = merged(before, client.entry(start));
  const isSame = JSON.stringify(before) === JSON.stringify(entry);
  const status = before === undefined ? 'added' : isSame ? 'unchanged' : 'changed';
  const source = json.trim() === '' ? '{}\n' : json;
  return { status, text: isSame ? text : bom + withEntry(source, client.section, name, entry), name };
}

/** Key by key where there is an entry already, so that the comments in it stay. */
function withEntry(source: string, section: string, name: string, entry: JsonObject): string {
  const document = parse(source, [], { allowTrailingComma: true }) as JsonObject;
  const servers = Object.hasOwn(document, section) ? document[section] : undefined;
  if (!isMap(servers)) return setJsonValue(source, [section], { [name]: entry });
  const before = servers[name];
  if (!isMap(before)) return setJsonValue(source, [section, name], entry);
  return Object.entries(entry)
    .filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value))
    .reduce((text, [key, value]) => setJsonValue(text, [section, name, key], value), source);
}

const isMap = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const lastPart = (folder: string): string => folder.split(/[\\/]/).findLast((part) => part !== '') ?? '';

/** One server for each folder: an entry for another folder is not ours to change. */
function nameFor(section: JsonObject, entry: JsonObject, folder: string): string {
  const place = workspaceOf(entry);
  const own = Object.entries(section).find(
    ([name, value]) => name.startsWith('promptly') && workspaceOf(value) === place,
  );
  if (own !== undefined) return own[0];
  if (section['promptly'] === undefined) return 'promptly';
  const last = fileNameFor(lastPart(folder));
  // Clients take plain letters in the name of a server, and no others.
  const base = `promptly-${last !== null && /^[\w.-]+$/.test(last) ? last : 'folder'}`;
  let name = base;
  for (let next = 2; section[name] !== undefined; next += 1) name = `${base}-${next}`;
  return name;
}

function workspaceOf(entry: JsonValue | undefined): JsonValue | undefined {
  const args = isMap(entry) ? entry['args'] : undefined;
  if (!Array.isArray(args)) return undefined;
  const at = args.indexOf('--workspace');
  return at < 0 ? undefined : (args as readonly JsonValue[])[at + 1];
}

/** What the user wrote beside (an environment, a time limit) is kept. */
function merged(before: JsonValue | undefined, entry: JsonObject): JsonObject {
  if (!isMap(before)) return entry;
  const kept = isMap(before['env']) ? before['env'] : {};
  const ours = isMap(entry['env']) ? entry['env'] : {};
  const env = { ...kept, ...ours };
  return { ...before, ...entry, ...(Object.keys(env).length > 0 && { env }) };
}
