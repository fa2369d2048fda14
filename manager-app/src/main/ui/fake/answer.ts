export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  token?: string;
}

export function ok(result?: unknown): Answer {
  return { status: 200, body: { success: true, result } };
}

export function no(status: number, code: string, error: string): Answer {
  return { status, body: { success: false, error, code, request_id: 'fake-1' } };
}
