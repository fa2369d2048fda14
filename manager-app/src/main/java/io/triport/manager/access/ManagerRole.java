package io.triport.manager.access;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Scope;
import io.triport.domain.object.BucketName;
import io.triport.domain.request.QueueName;
import io.triport.manager.answer.Fields;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody may do in the manager, from the most to the least. */
public enum ManagerRole {
    /** Everything. */
    ADMIN,
    /** Reads and changes keys. */
    EDITOR,
    /** Reads keys. */
    VIEWER,
    /** Reads who did what, and no values. */
    AUDITOR;

    /** Of a credential that has no role by itself: grants alone say what it may do. */
    public static final Scope GRANTED = new Scope("manager.granted");

    /** The queue by which it is told that there is a job; whoever may order one may say so. */
    public static final QueueName JOBS = new QueueName("manager-jobs");

    /** The bucket in which it keeps files of jobs and backups, which is nobody's. */
    static final BucketName FILES = new BucketName("manager-files");

    /** What stands before the name of a role in a scope. */
    private static final String SCOPE = "manager.";

    /** As people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for another text */
    public static ManagerRole named(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Fields.invalid("role", "viewer, editor, admin or auditor"));
    }

    /** By which an API key has the role. */
    public Scope scope() {
        return new Scope(SCOPE + text());
    }

    /** What it does to keys without changing them. */
    Set<Action> reads() {
        return switch (this) {
            case ADMIN -> Set.of(Action.KV_GET, Action.KV_LIST, Action.NAMESPACE_FIND, Action.AUDIT_READ);
            case EDITOR, VIEWER -> Set.of(Action.KV_GET, Action.KV_LIST, Action.NAMESPACE_FIND);
            case AUDITOR -> Set.of(Action.NAMESPACE_FIND, Action.AUDIT_READ);
        };
    }

    /** What changes keys. */
    Set<Action> writes() {
        return switch (this) {
            case ADMIN, EDITOR -> Set.of(Action.KV_PUT, Action.KV_DELETE, Action.KEY_LABEL);
            case VIEWER, AUDITOR -> Set.of();
        };
    }

    /** What is done to a namespace as a whole. */
    Set<Action> rules() {
        return this == ADMIN
                ? Set.of(Action.NAMESPACE_CREATE, Action.NAMESPACE_RENAME, Action.NAMESPACE_DROP)
                : Set.of();
    }

    /** What it does to models, vector indexes, caches, buckets and durable objects, which are for whoever has the role for everything. */
    Set<Action> besideKeys() {
        return switch (this) {
            case ADMIN ->
                Set.of(
                        Action.AI_RUN,
                        Action.VECTOR_QUERY,
                        Action.VECTOR_WRITE,
                        Action.VECTOR_INDEX_FIND,
                        Action.VECTOR_INDEX_CREATE,
                        Action.VECTOR_INDEX_DROP,
                        Action.CACHE_PURGE,
                        Action.OBJECT_GET,
                        Action.OBJECT_LIST,
                        Action.OBJECT_PUT,
                        Action.OBJECT_DELETE,
                        Action.BUCKET_GET_CONFIG,
                        Action.BUCKET_PUT_CONFIG,
                        Action.BUCKET_CREATE,
                        Action.BUCKET_DELETE,
                        Action.DURABLE_INSPECT);
            case EDITOR ->
                Set.of(
                        Action.AI_RUN,
                        Action.VECTOR_QUERY,
                        Action.VECTOR_WRITE,
                        Action.VECTOR_INDEX_FIND,
                        Action.CACHE_PURGE,
                        Action.OBJECT_GET,
                        Action.OBJECT_LIST,
                        Action.OBJECT_PUT,
                        Action.OBJECT_DELETE,
                        Action.BUCKET_GET_CONFIG,
                        Action.DURABLE_INSPECT);
            case VIEWER ->
                Set.of(
                        Action.VECTOR_QUERY,
                        Action.VECTOR_INDEX_FIND,
                        Action.OBJECT_GET,
                        Action.OBJECT_LIST,
                        Action.BUCKET_GET_CONFIG,
                        Action.DURABLE_INSPECT);
            case AUDITOR -> Set.of();
        };
    }

    /** What everybody of the role has for himself. */
    Set<Action> own() {
        return this == AUDITOR
                ? Set.of(Action.JOB_READ)
                : Set.of(Action.AUDIT_APPEND, Action.JOB_READ, Action.JOB_WRITE);
    }

    /** What is only for whoever has the role for everything. */
    Set<Action> alone() {
        return this == ADMIN ? Set.of(Action.JOB_ADMIN) : Set.of();
    }

    /** What it does to databases; they have no places within, so this is for whoever has the role for everything. */
    Set<Action> databases() {
        return switch (this) {
            case ADMIN ->
                Set.of(
                        Action.DATABASE_FIND,
                        Action.DATABASE_CREATE,
                        Action.DATABASE_DROP,
                        Action.SQL_QUERY,
                        Action.SQL_WRITE);
            case EDITOR -> Set.of(Action.DATABASE_FIND, Action.SQL_QUERY, Action.SQL_WRITE);
            case VIEWER -> Set.of(Action.DATABASE_FIND, Action.SQL_QUERY);
            case AUDITOR -> Set.of();
        };
    }

    /** What it does to the queues that people make; as databases. */
    Set<Action> queues() {
        return switch (this) {
            case ADMIN ->
                Set.of(
                        Action.QUEUE_SEND,
                        Action.QUEUE_PULL,
                        Action.QUEUE_SETTLE,
                        Action.QUEUE_PEEK,
                        Action.QUEUE_METRICS,
                        Action.QUEUE_PURGE);
            case EDITOR ->
                Set.of(
                        Action.QUEUE_SEND,
                        Action.QUEUE_PULL,
                        Action.QUEUE_SETTLE,
                        Action.QUEUE_PEEK,
                        Action.QUEUE_METRICS);
            case VIEWER -> Set.of(Action.QUEUE_PEEK, Action.QUEUE_METRICS);
            case AUDITOR -> Set.of();
        };
    }

    /** The highest that scopes name; empty for none. */
    static Optional<ManagerRole> among(Set<Scope> scopes) {
        return Arrays.stream(values())
                .filter(role -> scopes.contains(role.scope()))
                .findFirst();
    }
}
