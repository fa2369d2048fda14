import { base } from './base';

/** A refusal of the manager, with what it said. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | undefined,
    readonly layer: string | undefined,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

interface Envelope {
  success: boolean;
  result?: unknown;
  error?: string;
  code?: string;
  request_id?: string;
  details?: unknown;
  /** Where the API has Cloudflare's form. */
  errors?: { code: number; message: string }[];
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | undefined>;
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** A status beside those of success that is an answer and no refusal. */
  expected?: number;
  /** It goes on when the page is left. */
  keepalive?: boolean;
}

/** What the manager knows a repeated call by. Not `randomUUID`, which pages without TLS do not have. */
export function once(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

let lost: () => void = () => {};

/** Called when the manager no longer knows who asks. */
export function onSessionLost(listener: () => void) {
  lost = listener;
}

export function address(path: string, query?: Call['query']): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return pairs.length ? `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}` : path;
}

export async function send(path: string, call: Call = {}): Promise<Response> {
  const headers: Record<string, string> = { ...call.headers };
  if (call.json !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(base + address(path, call.query), {
      method: call.method ?? 'GET',
      headers,
      body: call.json !== undefined ? JSON.stringify(call.json) : (call.body ?? null),
      credentials: 'same-origin',
      signal: call.signal ?? null,
      keepalive: call.keepalive ?? false,
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError(0, 'unreachable', 'The manager cannot be reached.', undefined, undefined);
  }
  if (response.ok || response.status === call.expected) return response;
  throw await refusal(response);
}

async function refusal(response: Response): Promise<ApiError> {
  const said = (await response.json().catch(() => ({}))) as Partial<Envelope>;
  if (response.status === 401) lost();
  const [first] = said.errors ?? [];
  return new ApiError(
    response.status,
    said.code ?? (first ? String(first.code) : 'unknown'),
    said.error ?? first?.message ?? `The manager answered with status ${response.status}.`,
    said.request_id ?? response.headers.get('X-Request-ID') ?? undefined,
    response.headers.get('Triport-Layer') ?? undefined,
    said.details,
  );
}

/** The result of a call in the manager's envelope. */
export async function ask<T>(path: string, call: Call = {}): Promise<T> {
  const response = await send(path, call);
  if (response.status === 204) return undefined as T;
  const envelope = (await response.json()) as Envelope;
  return envelope.result as T;
}

export function sentence(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

export function isMissing(failure: unknown): boolean {
  return failure instanceof ApiError && failure.status === 404;
}
