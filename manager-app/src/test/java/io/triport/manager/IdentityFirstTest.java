package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.triport.domain.request.Bytes;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No storage is touched before somebody has proved who asks, on whichever route. */
final class IdentityFirstTest {
    private final ManagerUnderTest manager = ManagerUnderTest.start();
    private final Logger logger = (Logger) LoggerFactory.getLogger("triport.storage");
    private final Level before = logger.getEffectiveLevel();
    private final Calls calls = new Calls();

    /** The ids of requests for which storage was called. */
    private static final class Calls extends AppenderBase<ILoggingEvent> {
        private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent line) {
            line.getKeyValuePairs().stream()
                    .filter(pair -> pair.key.equals("request"))
                    .forEach(pair -> requests.add(String.valueOf(pair.value)));
        }
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        calls.start();
        logger.addAppender(calls);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(calls);
        logger.setLevel(before);
        manager.close();
    }

    private List<Route> routes() {
        return manager.part(RouteTable.class).routes();
    }

    private Answer visit(Route route, Map<String, String> headers) {
        var path = route.pattern().toString().replaceAll("\\{[^}]*}", "x");
        return manager.send(route.method(), path, headers, Bytes.EMPTY);
    }

    private boolean touched(Answer answer) {
        assertThat(answer.header("X-Request-ID")).isNotEmpty();
        return calls.requests.contains(answer.header("X-Request-ID"));
    }

    @Test
    void a_request_without_a_credential_touches_no_storage_on_any_route() {
        for (var route : routes()) {
            assertThat(touched(visit(route, Map.of()))).as(route.toString()).isFalse();
        }
    }

    @Test
    void a_request_with_a_wrong_credential_touches_no_storage_on_any_route() {
        var guarded = routes().stream()
                .filter(route -> !(route.handler() instanceof Route.Open))
                .toList();
        for (var route : guarded) {
            var answer = visit(route, Map.of("Authorization", "Bearer wrong"));

            assertThat(touched(answer)).as(route.toString()).isFalse();
            assertThat(answer.status()).as(route.toString()).isIn(Set.of(401, 429));
        }
        assertThat(guarded).hasSizeGreaterThan(60);
    }

    @Test
    void a_request_of_somebody_who_is_known_does_touch_it() {
        assertThat(touched(manager.send("GET", "/api/namespaces"))).isTrue();
    }
}
