package io.triport.storage.audit;

import io.triport.domain.audit.AuditSink;
import io.triport.domain.audit.AuditSpill;
import java.net.URI;
import java.nio.file.Path;

/** Opens sinks that need no engine. */
public final class AuditFiles {
    private AuditFiles() {}

    public static AuditSink sink(Path file) {
        return FileAuditSink.open(file);
    }

    public static AuditSpill spill(Path directory) {
        return FileAuditSpill.open(directory);
    }

    public static AuditSink otlp(URI endpoint) {
        return new OtlpAuditSink(endpoint);
    }
}
