package io.triport.gateway.config;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.time.Duration;

/** Where the records of requests go, and what is done when that place is slow or away. */
public record AuditSettings(
        Sink sink,
        String file,
        String endpoint,
        int queue,
        int batch,
        Duration flush,
        OnFull onFull,
        String spillDir,
        boolean durable,
        boolean chain,
        boolean redactQuery,
        int pathLimit) {
    /** Where records go. */
    public enum Sink {
        SQL,
        FILE,
        OTLP
    }

    /** What a full queue does. */
    public enum OnFull {
        BLOCK,
        SHED,
        SPILL
    }

    static AuditSettings read(Section section) {
        var sink = section.value("sink", Value.oneOf(Sink.values()), "sql", "Where records go.");
        var file = section.value("file", Value.TEXT, "", "The file of sink: file.");
        var endpoint = section.value("endpoint", Value.TEXT, "", "The collector of sink: otlp, an http or https URL.");
        if (sink == Sink.FILE && file.isEmpty()) {
            throw section.error("file", "missing", "the file that records are appended to");
        }
        if (sink == Sink.OTLP && endpoint.isEmpty()) {
            throw section.error("endpoint", "missing", "the URL of the collector");
        }
        var onFull = section.value("onFull", Value.oneOf(OnFull.values()), "block", "What a full queue does.");
        var spillDir = section.value("spillDir", Value.TEXT, "", "Directory of what is spilt.");
        var durable = section.value(
                "durable",
                Value.SWITCH,
                "false",
                "Whether a record is on disk before the last byte of the answer is sent.");
        if ((onFull == OnFull.SPILL || durable) && spillDir.isEmpty()) {
            throw section.error("spillDir", "missing", "a directory for what is spilt");
        }
        return new AuditSettings(
                sink,
                file,
                endpoint,
                section.value("queue", Value.integer(1, 10_000_000), "10000", "Records that wait at most."),
                section.value("batch", Value.integer(1, 10_000), "500", "Records written together at most."),
                section.value(
                        "flush",
                        Values.duration(Values.MILLI, Duration.ofMinutes(1)),
                        "200ms",
                        "How long a record waits for others at most."),
                onFull,
                spillDir,
                durable,
                section.value("chain", Value.SWITCH, "false", "Whether each record has the hash of the one before."),
                section.value("redactQuery", Value.SWITCH, "true", "Whether the query is left out of the path."),
                section.value("pathLimit", Value.integer(64, 8192), "2048", "Characters of the path that are kept."));
    }
}
