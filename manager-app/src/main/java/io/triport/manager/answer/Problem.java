package io.triport.manager.answer;

import io.triport.identity.edge.Layer;

/** All that the manager refuses: status, code and sentence in its own API, and the number in Cloudflare's. */
public enum Problem {
    INVALID_JSON(400, "invalid_json", 10012, "The body is not valid JSON"),
    INVALID_ARGUMENT(400, "invalid_argument", 10012, "A value is not valid"),
    TITLE_MISSING(400, "invalid_argument", 10019, "The title is missing or too long"),
    KEY_NAME(400, "invalid_argument", 10021, "The key name is not valid"),
    METADATA_INVALID(400, "invalid_argument", 10025, "The metadata is not valid JSON"),
    TTL_TOO_SMALL(400, "ttl_too_small", 10033, "The expiration must be at least 60 seconds in the future"),
    /** SQLite's own words and code stand in the sentence, since they speak of the caller's own data. */
    STATEMENT_REFUSED(400, "statement_refused", 7500, "The statement was refused"),
    MALFORMED_REQUEST(400, "malformed_request", 7003, "The request is not well formed"),
    UNAUTHENTICATED(401, "unauthenticated", 10000, "Authentication error"),
    FORBIDDEN(403, "forbidden", 10000, "Your role does not allow this"),
    CSRF(403, "csrf", 10000, "The request comes from another site"),
    NOT_FOUND(404, "not_found", 7003, "There is no such route"),
    NAMESPACE_NOT_FOUND(404, "namespace_not_found", 10013, "namespace not found"),
    KEY_NOT_FOUND(404, "key_not_found", 10009, "get: 'key not found'"),
    JOB_NOT_FOUND(404, "job_not_found", 7003, "There is no such job"),
    BACKUP_NOT_FOUND(404, "backup_not_found", 7003, "There is no backup of this key"),
    EXPORT_NOT_FOUND(404, "export_not_found", 7003, "There is no such export"),
    WEBHOOK_NOT_FOUND(404, "webhook_not_found", 7003, "There is no such webhook"),
    THRESHOLD_NOT_FOUND(404, "threshold_not_found", 7003, "There is no threshold for this namespace"),
    ALERT_RULE_NOT_FOUND(404, "alert_rule_not_found", 7003, "There is no such rule"),
    ALERT_NOT_FOUND(404, "alert_not_found", 7003, "There is no such alert"),
    TEMPLATE_NOT_FOUND(404, "template_not_found", 7003, "There is no such template"),
    SCHEDULE_NOT_FOUND(404, "schedule_not_found", 7003, "There is no such schedule"),
    SEARCH_NOT_FOUND(404, "search_not_found", 7003, "There is no such saved search"),
    GRANT_NOT_FOUND(404, "grant_not_found", 7003, "There is no such grant"),
    DATABASE_NOT_FOUND(404, "database_not_found", 7404, "There is no such database"),
    CLASS_NOT_FOUND(404, "class_not_found", 7003, "There is no such class of durable objects"),
    DURABLE_OBJECT_NOT_FOUND(404, "durable_object_not_found", 7003, "The durable object keeps nothing"),
    STATE_ENTRY_NOT_FOUND(404, "state_entry_not_found", 7003, "The durable object has no such entry"),
    QUEUE_NOT_FOUND(404, "queue_not_found", 11000, "There is no such queue"),
    CONSUMER_NOT_FOUND(404, "consumer_not_found", 11004, "There is no such consumer of the queue"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", 7003, "The route does not take this method"),
    REQUEST_TIMEOUT(408, "request_timeout", 7003, "The request took too long to arrive"),
    TITLE_TAKEN(409, "title_taken", 10014, "a namespace with this account ID and title already exists"),
    DATABASE_TAKEN(409, "database_taken", 7502, "A database of this name exists"),
    QUEUE_TAKEN(409, "queue_taken", 11009, "A queue of this name exists"),
    KEY_TAKEN(409, "key_taken", 10012, "A key of this name exists"),
    VERSION_CONFLICT(409, "version_conflict", 10012, "The key was changed by somebody else"),
    INDEX_NOT_FOUND(404, "index_not_found", 3000, "There is no such vector index"),
    INDEX_TAKEN(409, "index_taken", 3002, "vectorize.index.duplicate_name: there is a vector index of this name"),
    PROPERTY_NOT_FOUND(404, "property_not_found", 40005, "The property is not indexed"),
    PROPERTY_TAKEN(409, "property_taken", 10012, "The property is indexed as another type"),
    VECTOR_INVALID(400, "vector_invalid", 40006, "The vector is none of the index"),
    ZONE_NOT_FOUND(404, "zone_not_found", 7003, "There is no such zone: a zone is a cache, by its name"),
    BUCKET_NOT_FOUND(404, "bucket_not_found", 10006, "The specified bucket does not exist."),
    BUCKET_TAKEN(409, "bucket_taken", 10004, "The bucket you tried to create already exists, and you own it."),
    BUCKET_NOT_EMPTY(409, "bucket_not_empty", 10008, "The bucket you tried to delete is not empty."),
    OBJECT_NOT_FOUND(404, "object_not_found", 10007, "The specified key does not exist."),
    OBJECT_CONFLICT(409, "object_conflict", 10012, "The object or its bucket was changed by somebody else"),
    PRECONDITION_FAILED(412, "precondition_failed", 10031, "A precondition does not hold"),
    RANGE_REFUSED(416, "range_refused", 10039, "Nothing of the range is in the object"),
    MODEL_NOT_FOUND(404, "model_not_found", 5007, "There is no such model"),
    ANSWER_NOT_KEPT(409, "answer_not_kept", 10012, "This was done before, and its answer was not kept"),
    THRESHOLD_TAKEN(409, "threshold_taken", 10012, "The namespace has a threshold already"),
    NAMESPACE_READ_ONLY(409, "namespace_read_only", 10012, "The namespace is read-only"),
    CONFIRMATION_REQUIRED(
            409, "confirmation_required", 10012, "The namespace is protected: confirm must be its title to delete it"),
    WOULD_LOCK_OUT(409, "would_lock_out", 10012, "You would cease to be an admin by this"),
    JOB_FINISHED(409, "job_finished", 10012, "The job has finished"),
    JOB_NOT_FINISHED(409, "job_not_finished", 10012, "The job has not finished"),
    GONE(410, "gone", 7003, "It is not kept any more"),
    VALUE_TOO_LARGE(413, "value_too_large", 10028, "The value is larger than 25 MiB"),
    METADATA_TOO_LARGE(413, "metadata_too_large", 10026, "The metadata is larger than 1024 bytes"),
    KEY_TOO_LONG(413, "key_too_long", 10030, "The key name is longer than 512 bytes"),
    STATEMENT_TOO_LARGE(413, "statement_too_large", 7500, "The statement, or what it is about, is too large"),
    PAYLOAD_TOO_LARGE(413, "payload_too_large", 10029, "The request is larger than this route takes"),
    TARGET_TOO_LONG(414, "target_too_long", 7003, "The request target is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", 10012, "The content type is not one that this route takes"),
    EXPECTATION_FAILED(417, "expectation_failed", 7003, "The expectation is not supported"),
    IMPORT_INVALID(422, "import_invalid", 10012, "The import cannot be read"),
    SCHEMA_VIOLATED(422, "schema_violated", 10422, "The value does not fit the schema of its key"),
    UPGRADE_REQUIRED(426, "upgrade_required", 10012, "The route is a WebSocket"),
    RATE_LIMITED(429, "rate_limited", 10012, "Too many requests"),
    HEADERS_TOO_LARGE(431, "headers_too_large", 7003, "The header section is too large"),
    INTERNAL_ERROR(500, "internal_error", 10012, "Something went wrong on our side"),
    UNSUPPORTED(501, "unsupported", 10012, "This is not to be had here"),
    OVERLOADED(503, "overloaded", 10012, "The server is overloaded"),
    STORAGE_UNAVAILABLE(503, "storage_unavailable", 10012, "The storage does not answer"),
    OUTCOME_UNKNOWN(
            504, "outcome_unknown", 10012, "The storage did not answer in time, so it may have been done or not"),
    STORAGE_FULL(507, "storage_full", 10507, "The storage is full");

    private final int status;
    private final String code;
    private final int number;
    private final String sentence;

    Problem(int status, String code, int number, String sentence) {
        this.status = status;
        this.code = code;
        this.number = number;
        this.sentence = sentence;
    }

    /** The HTTP status of the manager's own API. */
    public int status() {
        return status;
    }

    /** The stable machine code. */
    public String code() {
        return code;
    }

    /** The number in Cloudflare's API. */
    public int number() {
        return number;
    }

    /** What a person is told where nothing more is known. */
    public String sentence() {
        return sentence;
    }

    /** Who refuses it. */
    public Layer layer() {
        return switch (this) {
            case UNAUTHENTICATED, FORBIDDEN, CSRF -> Layer.IDENTITY;
            case NAMESPACE_NOT_FOUND,
                    KEY_NOT_FOUND,
                    JOB_NOT_FOUND,
                    BACKUP_NOT_FOUND,
                    EXPORT_NOT_FOUND,
                    WEBHOOK_NOT_FOUND,
                    THRESHOLD_NOT_FOUND,
                    ALERT_RULE_NOT_FOUND,
                    ALERT_NOT_FOUND,
                    TEMPLATE_NOT_FOUND,
                    SCHEDULE_NOT_FOUND,
                    SEARCH_NOT_FOUND,
                    GRANT_NOT_FOUND,
                    DATABASE_NOT_FOUND,
                    DATABASE_TAKEN,
                    CLASS_NOT_FOUND,
                    DURABLE_OBJECT_NOT_FOUND,
                    STATE_ENTRY_NOT_FOUND,
                    QUEUE_NOT_FOUND,
                    CONSUMER_NOT_FOUND,
                    QUEUE_TAKEN,
                    STATEMENT_REFUSED,
                    STATEMENT_TOO_LARGE,
                    UNSUPPORTED,
                    NAMESPACE_READ_ONLY,
                    CONFIRMATION_REQUIRED,
                    WOULD_LOCK_OUT,
                    THRESHOLD_TAKEN,
                    TITLE_TAKEN,
                    KEY_TAKEN,
                    VERSION_CONFLICT,
                    ANSWER_NOT_KEPT,
                    INDEX_NOT_FOUND,
                    INDEX_TAKEN,
                    PROPERTY_NOT_FOUND,
                    PROPERTY_TAKEN,
                    BUCKET_NOT_FOUND,
                    BUCKET_TAKEN,
                    BUCKET_NOT_EMPTY,
                    OBJECT_NOT_FOUND,
                    OBJECT_CONFLICT,
                    PRECONDITION_FAILED,
                    RANGE_REFUSED,
                    MODEL_NOT_FOUND,
                    JOB_FINISHED,
                    JOB_NOT_FINISHED,
                    SCHEMA_VIOLATED,
                    GONE,
                    STORAGE_UNAVAILABLE,
                    OUTCOME_UNKNOWN,
                    STORAGE_FULL -> Layer.STORAGE;
            default -> Layer.REQUEST;
        };
    }

    public Refused refused() {
        return new Refused(this, sentence);
    }

    /** @param why one sentence, for the caller's eyes */
    public Refused refused(String why) {
        return new Refused(this, why);
    }
}
