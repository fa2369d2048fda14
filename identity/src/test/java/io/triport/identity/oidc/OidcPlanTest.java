package io.triport.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.session.SessionSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OidcPlanTest {
    private static final String LEAST = """
        issuer: https://idp.example
        clientId: gateway
        clientSecret: "${env:SECRET}"
        redirectUri: https://app.example/auth/callback
        keys: ["${env:KEY}"]
        """;

    @Test
    void what_is_left_out_is_as_it_is_for_sessions_and_logins() {
        var plan = read(LEAST);

        assertThat(plan.name()).isEqualTo(new MechanismName("people"));
        assertThat(plan.paths()).isEqualTo(new OidcPaths("/auth/callback", "", "/logout", ""));
        assertThat(plan.paths().all()).containsExactlyInAnyOrder("/auth/callback", "/logout");
        assertThat(plan.sessions().transport()).isEqualTo(SessionSettings.Transport.TLS);
        assertThat(plan.sessions().life()).isEqualTo(SessionSettings.DEFAULT_LIFE);
        assertThat(plan.cookies()).containsExactlyInAnyOrder("__Host-session", "__Host-csrf", "__Host-login");
        assertThat(read(LEAST)).isEqualTo(plan);
    }

    @Test
    void everything_can_be_said() {
        var plan =
                read(LEAST + "loginPath: /in\nlogoutPath: /out\nbackChannelLogoutPath: /ended\nlife: 1h\nidle: 5m\n");

        assertThat(plan.paths()).isEqualTo(new OidcPaths("/auth/callback", "/in", "/out", "/ended"));
        assertThat(plan.sessions().idle()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void without_tls_on_loopback_cookies_are_those_of_development() {
        var plan = read(LEAST.replace("https://app.example", "http://127.0.0.1:8804"));

        assertThat(plan.cookies())
                .containsExactlyInAnyOrder("triport-dev-session", "triport-dev-csrf", "triport-dev-login");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://app.example/auth/callback | https://app.example | redirectUri: ",
                "https://app.example/auth/callback | http://app.example/callback | redirectUri: http://app.example",
                "gateway | 'gateway, logoutPath: /auth/callback' | redirectUri: /auth/callback (expected: a path",
                "gateway | 'gateway, logoutPath: logout' | logoutPath: logout (expected: a path such as",
                "gateway | 'gateway, loginPath: /a/../b' | loginPath: /a/../b",
                "gateway | 'gateway, life: 31d' | life: 31d"
            })
    void what_could_not_work_stops_the_start(String part, String other, String message) {
        assertThat(LEAST).contains(part);
        var text = LEAST.replace(part, other.replace(", ", "\n"));

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("identity.people." + message);
    }

    private static OidcPlan read(String text) {
        var file = "identity:\n  people:\n" + text.indent(4);
        var environment = Map.of("SECRET", "s", "KEY", "0123456789abcdef0123456789abcdef");
        var root = new Sources(ConfigFile.parse("f.yml", file), environment, Map.of()).root();
        var plan = OidcPlan.read(root.section("identity").section("people"));
        root.refuseUnknown();
        return plan;
    }
}
