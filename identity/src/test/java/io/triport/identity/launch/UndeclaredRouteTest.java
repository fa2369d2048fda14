package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.PropertySource;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.identity.NonceLedger;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.Identity;
import io.triport.testkit.FakeNonceLedger;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An app does not start with a route of which nobody could say who may call it. */
final class UndeclaredRouteTest {
    private static final String SPEC = "spec.name";
    private static final String NOTHING_PLANTED = "nothing-planted";
    private static final String NO_IDENTITY = "route-without-identity";
    private static final String UNKNOWN = "route-with-unknown-mechanism";
    private static final EdgeSettings.Listener ANYWHERE = new EdgeSettings.Listener("127.0.0.1", -1);

    @Test
    void an_app_whose_routes_all_declare_an_identity_starts() {
        assertThatCode(() -> start(NOTHING_PLANTED)).doesNotThrowAnyException();
    }

    @Test
    void an_app_with_a_route_without_identity_does_not_start() {
        assertThatThrownBy(() -> start(NO_IDENTITY))
                .rootCause()
                .hasMessage("route POST /planted/undeclared: no identity declared (expected: @Identity on the method)");
    }

    @Test
    void an_app_with_a_route_whose_mechanism_is_unknown_does_not_start() {
        assertThatThrownBy(() -> start(UNKNOWN))
                .rootCause()
                .hasMessage(
                        "route POST /planted/unknown: a mechanism of [palmistry] is not wired (expected: all of them)");
    }

    private static void start(String planted) {
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, Path.of("unused"));
        var app = new TestApp();
        var configuration = Configuration.read(app, Optional.empty(), mode, Map.of(), Map.of());
        NonceLedger nonces = FakeNonceLedger.empty();
        try (var context = RunningApp.wiring(
                        app, configuration, configuration.edge().listening(given -> ANYWHERE))
                .propertySources(PropertySource.of("planted", Map.of(SPEC, planted)))
                .singletons(nonces)
                .start()) {
            context.getBean(io.triport.domain.identity.AccessGate.class);
        }
    }

    @Controller("/planted")
    @Requires(property = SPEC, value = NO_IDENTITY)
    @ExecuteOn(TaskExecutors.BLOCKING)
    static final class Undeclared {
        @Post("/undeclared")
        String undeclared() {
            return "reached";
        }
    }

    @Controller("/planted")
    @Requires(property = SPEC, value = UNKNOWN)
    @ExecuteOn(TaskExecutors.BLOCKING)
    static final class UnknownMechanism {
        @Post("/unknown")
        @Identity(mechanisms = "palmistry")
        String unknown() {
            return "reached";
        }
    }
}
