package io.triport.identity.launch;

import com.sun.net.httpserver.HttpExchange;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.edge.ManagementBinder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What apps do themselves on the management port. Safe for many threads. */
final class ManagementParts {
    /*
     * Two at a time: a body may come slowly and a store answer late, and the other threads of the port go on to answer for health.
     */
    private static final Logger LOG = LoggerFactory.getLogger(ManagementParts.class);
    private static final int AT_ONCE = 2;

    private final List<ManagementPart> parts;
    private final ManagementBinder binder;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    ManagementParts(List<ManagementPart> parts, ManagementBinder binder) {
        this.parts = List.copyOf(parts);
        this.binder = binder;
    }

    Optional<ManagementPart> at(String path) {
        return parts.stream().filter(part -> path.startsWith(part.below())).findFirst();
    }

    EdgeAnswer answer(HttpExchange exchange, ManagementPart part) throws IOException {
        if (!turns.tryAcquire()) {
            return problem(503, "Service Unavailable").with("Retry-After", "1");
        }
        try {
            var body = exchange.getRequestBody().readNBytes(ManagementPart.LONGEST_BODY + 1);
            return body.length > ManagementPart.LONGEST_BODY
                    ? problem(413, "Content Too Large")
                    : part.answer(binder.bind(exchange, Bytes.copyOf(body)));
        } catch (InvalidInput e) {
            return problem(400, "Bad Request");
        } catch (RuntimeException e) {
            LOG.error("not answered path={}", exchange.getRequestURI().getRawPath(), e);
            return problem(500, "Internal Server Error");
        } finally {
            turns.release();
        }
    }

    private static EdgeAnswer problem(int status, String title) {
        var page = Page.json(status, generator -> {
            generator.writeStringField("type", "about:blank");
            generator.writeStringField("title", title);
            generator.writeNumberField("status", status);
        });
        return new EdgeAnswer(status, "application/problem+json", Bytes.utf8(page.text()), Map.of());
    }
}
