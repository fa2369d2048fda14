package io.triport.domain.audit;

import java.net.URI;

/** Opens what a configuration names. Whoever opens closes. */
public interface AuditSinks {
    /** The table {@code audit_logs} of the engine. @throws io.triport.domain.failure.StorageFailure when the engine has none */
    AuditSink sql();

    /** A file with one JSON object in each line. @throws io.triport.domain.failure.StorageFailure when it cannot be opened */
    AuditSink file(String path);

    /** A collector of OpenTelemetry. @param endpoint such as {@code http://127.0.0.1:4318} */
    AuditSink otlp(URI endpoint);

    /** @throws io.triport.domain.failure.StorageFailure when the directory cannot be used, or another process has it */
    AuditSpill spill(String directory);
}
