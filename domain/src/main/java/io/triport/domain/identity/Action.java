package io.triport.domain.identity;

/** What can be done to tenant data; each is granted by the scope of the same meaning. */
public enum Action {
    KV_GET("kv.get", Reach.BYTES),
    KV_PUT("kv.put", Reach.BYTES),
    KV_DELETE("kv.delete", Reach.BYTES),
    KV_LIST("kv.list", Reach.BYTES),
    NAMESPACE_FIND("namespace.find", Reach.CONTAINER),
    NAMESPACE_CREATE("namespace.create", Reach.CONTAINER),
    NAMESPACE_RENAME("namespace.rename", Reach.CONTAINER),
    NAMESPACE_DROP("namespace.drop", Reach.CONTAINER),
    SPACE_RECLAIM("space.reclaim", Reach.CONTAINER),
    OBJECT_GET("object.get", Reach.SEGMENTS),
    OBJECT_GET_VERSION("object.get-version", Reach.SEGMENTS),
    OBJECT_HEAD("object.head", Reach.SEGMENTS),
    OBJECT_PUT("object.put", Reach.SEGMENTS),
    OBJECT_DELETE("object.delete", Reach.SEGMENTS),
    OBJECT_DELETE_VERSION("object.delete-version", Reach.SEGMENTS),
    OBJECT_LIST("object.list", Reach.SEGMENTS),
    OBJECT_LIST_VERSIONS("object.list-versions", Reach.SEGMENTS),
    OBJECT_GET_TAGS("object.get-tags", Reach.SEGMENTS),
    OBJECT_PUT_TAGS("object.put-tags", Reach.SEGMENTS),
    OBJECT_DELETE_TAGS("object.delete-tags", Reach.SEGMENTS),
    UPLOAD_START("upload.start", Reach.SEGMENTS),
    UPLOAD_PUT_PART("upload.put-part", Reach.SEGMENTS),
    UPLOAD_COMPLETE("upload.complete", Reach.SEGMENTS),
    UPLOAD_ABORT("upload.abort", Reach.SEGMENTS),
    UPLOAD_LIST_PARTS("upload.list-parts", Reach.SEGMENTS),
    UPLOAD_LIST("upload.list", Reach.SEGMENTS),
    BUCKET_GET_CONFIG("bucket.get-config", Reach.CONTAINER),
    BUCKET_PUT_CONFIG("bucket.put-config", Reach.CONTAINER),
    BUCKET_CREATE("bucket.create", Reach.CONTAINER),
    BUCKET_DELETE("bucket.delete", Reach.CONTAINER),
    DURABLE_TURN("do.turn", Reach.BYTES),
    DURABLE_READ("do.read", Reach.BYTES),
    DURABLE_LIST("do.list", Reach.BYTES),
    /** Looking at what objects keep, past their code: more than that code may ever tell whoever may ask it. */
    DURABLE_INSPECT("do.inspect", Reach.BYTES),
    QUEUE_SEND("queue.send", Reach.CONTAINER),
    QUEUE_PULL("queue.pull", Reach.CONTAINER),
    QUEUE_SETTLE("queue.settle", Reach.CONTAINER),
    QUEUE_PEEK("queue.peek", Reach.CONTAINER),
    QUEUE_PURGE("queue.purge", Reach.CONTAINER),
    QUEUE_METRICS("queue.metrics", Reach.CONTAINER),
    CACHE_MATCH("cache.match", Reach.BYTES),
    CACHE_PUT("cache.put", Reach.BYTES),
    CACHE_DELETE("cache.delete", Reach.BYTES),
    CACHE_PURGE("cache.purge", Reach.CONTAINER),
    /** Reading all of a database: a prefix cannot bound SQL, so a permission for some keys only does not permit it. */
    SQL_QUERY("sql.query", Reach.BYTES),
    /** Reading and changing all of a database. */
    SQL_WRITE("sql.write", Reach.BYTES),
    DATABASE_FIND("database.find", Reach.CONTAINER),
    DATABASE_CREATE("database.create", Reach.CONTAINER),
    DATABASE_DROP("database.drop", Reach.CONTAINER),
    /** Searching all of an index: a prefix bounds neither nearness nor namespaces, so a permission for some keys only does not permit it. */
    VECTOR_QUERY("vector.query", Reach.BYTES),
    /** Storing and removing vectors, and what they are found by; for all of an index, as above. */
    VECTOR_WRITE("vector.write", Reach.BYTES),
    VECTOR_INDEX_FIND("vector-index.find", Reach.CONTAINER),
    VECTOR_INDEX_CREATE("vector-index.create", Reach.CONTAINER),
    VECTOR_INDEX_DROP("vector-index.drop", Reach.CONTAINER),
    /** Asking a model, which is what a permission names here. */
    AI_RUN("ai.run", Reach.CONTAINER),
    KEY_LABEL("key.label", Reach.BYTES),
    AUDIT_APPEND("audit.append", Reach.CONTAINER),
    AUDIT_READ("audit.read", Reach.BYTES),
    JOB_READ("job.read", Reach.CONTAINER),
    JOB_WRITE("job.write", Reach.CONTAINER),
    /** Everybody's jobs; without it a caller knows of no job but the own ones. */
    JOB_ADMIN("job.admin", Reach.CONTAINER),
    SETTINGS_READ("settings.read", Reach.BYTES),
    SETTINGS_WRITE("settings.write", Reach.BYTES);

    private final Scope scope;
    private final Reach reach;

    Action(String scope, Reach reach) {
        this.scope = new Scope(scope);
        this.reach = reach;
    }

    public Scope scope() {
        return scope;
    }

    Reach reach() {
        return reach;
    }

    /** How the prefixes of a permission bear on an action. */
    enum Reach {
        /** It is about a container, and not about what lies in it. */
        CONTAINER,
        /** Keys that begin with the bytes of a prefix. */
        BYTES,
        /** Keys that lie under a prefix by whole segments. */
        SEGMENTS
    }
}
