package io.triport.storage;

import io.triport.domain.audit.AuditSink;
import io.triport.domain.audit.AuditSinks;
import io.triport.domain.audit.AuditSpill;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.EngineInfo;
import io.triport.storage.audit.AuditFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sinks beside an engine. @param table null where the engine declares no {@link Capability#AUDIT} */
record EngineAuditSinks(EngineInfo engine, @Nullable AuditSink table) implements AuditSinks {
    @Override
    public AuditSink sql() {
        engine.require(Capability.AUDIT, "audit: the engine keeps no table (expected: another engine or sink)");
        return Objects.requireNonNull(table);
    }

    @Override
    public AuditSink file(String path) {
        return AuditFiles.sink(Path.of(path));
    }

    @Override
    public AuditSink otlp(URI endpoint) {
        return AuditFiles.otlp(endpoint);
    }

    @Override
    public AuditSpill spill(String directory) {
        return AuditFiles.spill(Path.of(directory));
    }
}
