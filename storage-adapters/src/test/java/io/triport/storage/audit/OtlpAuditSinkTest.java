package io.triport.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.failure.StorageFailure;
import io.triport.testkit.AuditSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class OtlpAuditSinkTest extends AuditSinkContract {
    @Override
    protected Fixture create() {
        return Collector.start(200);
    }

    @Test
    void a_batch_that_the_collector_does_not_take_is_not_kept() {
        try (var collector = Collector.start(503)) {
            assertThatThrownBy(() -> collector.sink().append(List.of(record("a", "/1"))))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessageContaining("503");
        }
    }

    @Test
    void a_collector_that_is_not_there_is_told() {
        var gone = Collector.start(200);
        gone.close();

        try (var sink = AuditFiles.otlp(gone.uri())) {
            assertThatThrownBy(() -> sink.append(List.of(record("a", "/1"))))
                    .isInstanceOf(StorageFailure.Unavailable.class);
        }
    }

    @Test
    void a_record_is_a_log_record_with_its_columns_as_attributes() {
        try (var collector = Collector.start(200)) {
            collector.sink().append(List.of(record("a", "/1")));

            assertThat(collector.bodies().getFirst())
                    .startsWith("{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\"")
                    .contains("\"timeUnixNano\":\"1795237200123000000\"")
                    .contains("{\"key\":\"triport.audit.status\",\"value\":{\"intValue\":\"200\"}}")
                    .contains("{\"key\":\"triport.audit.method\",\"value\":{\"stringValue\":\"GET\"}}");
        }
    }

    private record Collector(HttpServer server, List<String> bodies, AuditSink sink) implements Fixture {
        static Collector start(int status) {
            try {
                var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
                var server = HttpServer.create(address, 0);
                var bodies = new CopyOnWriteArrayList<String>();
                server.createContext("/v1/logs", exchange -> {
                    bodies.add(new String(
                            exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
                server.start();
                return new Collector(server, bodies, AuditFiles.otlp(uri(server)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        URI uri() {
            return uri(server);
        }

        private static URI uri(HttpServer server) {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        @Override
        public List<String> kept() {
            return bodies.stream().flatMap(body -> records(body).stream()).toList();
        }

        /** Each id is followed by the path of its record. */
        private static List<String> records(String body) {
            try (var json = new JsonFactory().createParser(body)) {
                var records = new ArrayList<String>();
                var key = "";
                var id = "";
                for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && json.currentName().equals("key")) {
                        key = json.getText();
                    } else if (token == JsonToken.VALUE_STRING && key.equals("triport.audit.id")) {
                        id = json.getText();
                    } else if (token == JsonToken.VALUE_STRING && key.equals("triport.audit.path")) {
                        records.add(id + "\t" + json.getText());
                    }
                }
                return records;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean knowsIds() {
            return false;
        }

        @Override
        public boolean knowsLinks() {
            return false;
        }

        @Override
        public void close() {
            sink.close();
            server.stop(0);
        }
    }
}
