import type { Role } from './session';

export interface Namespace {
  id: string;
  title: string;
  supports_url_encoding?: boolean;
  first_accessed?: string;
  last_accessed?: string;
  estimated_key_count?: number;
  read_only?: boolean;
  protected?: boolean;
  /** Where the caller sees a part of its keys only. */
  key_prefixes?: string[];
  /** The highest of the caller's in it, where the manager tells. */
  role?: Role;
}

export interface NamespaceInfo {
  id: string;
  title: string;
  estimated_key_count: number;
  total_bytes: number;
  keys_with_ttl: number;
  first_accessed?: string | null;
  last_accessed?: string | null;
  color?: string | null;
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface KeyRow {
  name: string;
  expiration?: number;
  metadata?: Json;
  size?: number;
  tags?: string[];
  updated_at?: string;
}

export interface KeyPage {
  keys: KeyRow[];
  list_complete: boolean;
  cursor?: string;
}

export interface KeyValue {
  name: string;
  value: string;
  size: number;
  metadata?: Json;
  expiration?: number;
  encoding: 'utf8' | 'base64';
}

export interface KeyMetadata {
  namespace_id: string;
  key_name: string;
  tags: string[];
  custom_metadata: { [name: string]: Json };
  created_at?: string;
  updated_at?: string;
}

export interface Found {
  namespace_id: string;
  key_name: string;
  tags: string[];
  custom_metadata: { [name: string]: Json };
  value_preview?: string;
  size?: number;
  expiration?: number;
  updated_at?: string;
}

export type JobStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface Job {
  job_id: string;
  namespace_id: string | null;
  operation_type: string;
  status: JobStatus;
  total_keys: number | null;
  processed_keys: number;
  error_count: number;
  current_key: string | null;
  percentage: number;
  started_at: string | null;
  completed_at: string | null;
  user_email: string;
  download_url?: string;
  format?: string;
  error?: string;
  result?: Record<string, Json>;
}

export interface JobStarted {
  job_id: string;
  status: JobStatus;
  ws_url: string;
  total_keys?: number;
}

export interface JobEvent {
  id: number;
  job_id: string;
  event_type: string;
  user_email: string;
  timestamp: string;
  details: string | null;
}

export interface JobItemError {
  key: string;
  code: string;
  message: string;
}

export interface AuditEntry {
  id: number;
  namespace_id: string | null;
  key_name: string | null;
  operation: string;
  user_email: string;
  timestamp: string;
  details: string | null;
  source?: string;
  request_id?: string;
}

export interface Webhook {
  id: string;
  name: string;
  url: string;
  events: string[];
  enabled: boolean;
  has_secret: boolean;
}
