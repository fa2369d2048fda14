package io.triport.storage.audit;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Log records to a collector, as OTLP 1.x over HTTP in JSON (OpenTelemetry specification, "OTLP/HTTP Request"). A collector cannot
 * tell a record that comes again; its id is an attribute.
 */
final class OtlpAuditSink implements AuditSink {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final String HEAD = """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"triport-gateway"}}]},\
        "scopeLogs":[{"scope":{"name":"io.triport.audit"},"logRecords":[\
        """;
    private static final String TAIL = "]}]}]}";

    private final URI logs;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    OtlpAuditSink(URI endpoint) {
        this.logs = URI.create(endpoint.toString().replaceFirst("/+$", "") + "/v1/logs");
    }

    @Override
    public void append(List<AuditRecord> batch) {
        var request = HttpRequest.newBuilder(logs)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(batch), StandardCharsets.US_ASCII))
                .build();
        try {
            var status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != OK) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "otlp: the collector answered " + status);
            }
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "otlp: no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "otlp: interrupted", e);
        }
    }

    @Override
    public Optional<AuditLink> lastLink(String node) {
        return Optional.empty();
    }

    @Override
    public void close() {
        client.close();
    }

    private static String body(List<AuditRecord> batch) {
        var body = new StringBuilder(HEAD);
        for (var record : batch) {
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",");
            record(body, record);
        }
        return body.append(TAIL).toString();
    }

    private static void record(StringBuilder body, AuditRecord record) {
        var nanos = record.number(AuditColumn.TIMESTAMP).orElseThrow() * NANOS_PER_MILLI;
        body.append("{\"timeUnixNano\":\"").append(nanos).append("\",\"severityNumber\":9,\"severityText\":\"INFO\"");
        body.append(",\"body\":{\"stringValue\":");
        JsonText.append(body, record.text(AuditColumn.OUTCOME).orElse("unknown"));
        body.append('}');
        record.text(AuditColumn.TRACE_ID)
                .filter(trace -> trace.matches("[0-9a-f]{32}"))
                .ifPresent(trace -> body.append(",\"traceId\":\"").append(trace).append('"'));
        body.append(",\"attributes\":[");
        for (var column : AuditColumn.values()) {
            attribute(body, record, column);
        }
        body.append("]}");
    }

    private static void attribute(StringBuilder body, AuditRecord record, AuditColumn column) {
        if (column.kind() == AuditColumn.Kind.TEXT && record.text(column).isPresent()) {
            key(body, column).append("{\"stringValue\":");
            JsonText.append(body, record.text(column).get());
            body.append("}}");
        } else if (column.kind() == AuditColumn.Kind.NUMBER
                && record.number(column).isPresent()) {
            // 64-bit integers are texts in the JSON form of protocol buffers.
            key(body, column)
                    .append("{\"intValue\":\"")
                    .append(record.number(column).getAsLong())
                    .append("\"}}");
        }
    }

    private static StringBuilder key(StringBuilder body, AuditColumn column) {
        return body.append(body.charAt(body.length() - 1) == '[' ? "" : ",")
                .append("{\"key\":\"triport.audit.")
                .append(column.label())
                .append("\",\"value\":");
    }
}
