package io.triport.gateway.audit;

import io.triport.domain.audit.AuditSink;
import io.triport.domain.audit.AuditSinks;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.net.URI;
import java.time.Duration;

/**
 * What is done with audit records.
 *
 * @param target the file or the collector's address, empty for a table
 * @param queue places for records and for requests that will have one
 * @param batch records in one write at most
 * @param flush how long a record waits for company
 * @param spillDir where records wait on disk, empty when they do not
 * @param durable whether a record must be on disk before its response ends
 * @param chain whether records are linked by hashes
 * @param redactQuery whether paths are kept without their query
 * @param pathLimit characters of a path that are kept
 */
public record AuditSettings(
        Sink sink,
        String target,
        int queue,
        int batch,
        Duration flush,
        OnFull onFull,
        String spillDir,
        boolean durable,
        boolean chain,
        boolean redactQuery,
        int pathLimit) {
    private static final int WORTH_WRITING = 100;
    private static final int LARGEST_QUEUE = 1_000_000;
    private static final int LARGEST_BATCH = 1_000;
    private static final int LONGEST_PATH = 65_536;
    private static final Value<URI> ENDPOINT = new Value<>("an address such as http://127.0.0.1:4318", text -> {
        var uri = URI.create(text);
        if (uri.getHost() == null || !(text.startsWith("http://") || text.startsWith("https://"))) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    });

    /** Where records stay. */
    public enum Sink {
        SQL,
        FILE,
        OTLP
    }

    /** What a full queue does. */
    public enum OnFull {
        /** New requests wait for up to a second, and are refused then. */
        BLOCK,
        /** Records are lost and counted. */
        SHED,
        /** Records go to a file of this node. */
        SPILL
    }

    private enum Flag {
        FALSE,
        TRUE
    }

    public AuditSettings {
        if (batch > queue) {
            throw new IllegalArgumentException("batch: " + batch + " (expected: at most the queue, " + queue + ")");
        }
        if (spillDir.isEmpty() && (durable || onFull == OnFull.SPILL)) {
            throw new IllegalArgumentException("spillDir: none (expected: a directory)");
        }
    }

    /** Reads the section {@code audit}. @throws io.triport.identity.config.ConfigError for settings that cannot be used */
    public static AuditSettings read(Section section) {
        var sink = section.value("sink", Value.oneOf(Sink.values()), "sql", "Where records stay.");
        var target = target(section, sink);
        var queue = section.value("queue", Value.integer(1, LARGEST_QUEUE), "10000", "Places for records.");
        var batch = section.value("batch", Value.integer(1, LARGEST_BATCH), "500", "Records in one write at most.");
        var flush = section.value(
                "flush",
                Value.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
                "200ms",
                "How long a record waits for company.");
        var onFull = section.value("onFull", Value.oneOf(OnFull.values()), "block", "What a full queue does.");
        var spillDir = section.optional("spillDir", Value.TEXT, "Where records wait on disk.")
                .orElse("");
        var durable = flag(section, "durable", "false", "Whether a record is on disk before its response ends.");
        var chain = flag(section, "chain", "false", "Whether records are linked by hashes.");
        var redact = flag(section, "redactQuery", "true", "Whether paths are kept without their query.");
        var path = section.value("pathLimit", Value.integer(1, LONGEST_PATH), "2048", "Characters kept of a path.");
        if (batch > queue) {
            throw section.error("batch", Integer.toString(batch), "at most the queue, " + queue);
        }
        if (spillDir.isEmpty() && (durable || onFull == OnFull.SPILL)) {
            throw section.error("spillDir", "nothing", "a directory, for " + (durable ? "durable" : "onFull: spill"));
        }
        return new AuditSettings(sink, target, queue, batch, flush, onFull, spillDir, durable, chain, redact, path);
    }

    /** So many records are worth a write. Hundreds in one keep a core from requests for milliseconds. */
    int worthWriting() {
        return Math.min(batch, WORTH_WRITING);
    }

    /** Opens the sink. @throws io.triport.domain.failure.StorageFailure when it cannot be opened */
    public AuditSink open(AuditSinks sinks) {
        return switch (sink) {
            case SQL -> sinks.sql();
            case FILE -> sinks.file(target);
            case OTLP -> sinks.otlp(URI.create(target));
        };
    }

    /** What is kept of a request's target. */
    public String path(String target) {
        var query = target.indexOf('?');
        var kept = redactQuery && query >= 0 ? target.substring(0, query) : target;
        return kept.length() <= pathLimit ? kept : kept.substring(0, pathLimit);
    }

    private static String target(Section section, Sink sink) {
        var file = section.optional("file", Value.TEXT, "The file of sink: file.");
        var endpoint = section.optional("endpoint", ENDPOINT, "The collector of sink: otlp.");
        if (file.isPresent() && sink != Sink.FILE) {
            throw section.error("file", file.get(), "sink: file beside it");
        }
        if (endpoint.isPresent() && sink != Sink.OTLP) {
            throw section.error("endpoint", endpoint.get().toString(), "sink: otlp beside it");
        }
        return switch (sink) {
            case SQL -> "";
            case FILE -> file.orElseThrow(() -> section.error("file", "nothing", "a path, for sink: file"));
            case OTLP ->
                endpoint.orElseThrow(() -> section.error("endpoint", "nothing", ENDPOINT.expectation()))
                        .toString();
        };
    }

    private static boolean flag(Section section, String name, String fallback, String about) {
        return section.value(name, Value.oneOf(Flag.values()), fallback, about) == Flag.TRUE;
    }
}
