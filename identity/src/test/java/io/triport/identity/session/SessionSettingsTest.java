package io.triport.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigJson;
import io.triport.identity.config.Sources;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionSettingsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("KEY", "c2Vzc2lvbiBrZXkgb2YgMzIgYnl0ZXMgZm9yIHRlc3Rz");

    @Test
    void keys_are_enough() {
        var settings = read("\"keys\": [\"${env:KEY}\"]");

        assertThat(settings.name()).isEqualTo(new MechanismName("browser"));
        assertThat(settings.life()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.idle()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.origins()).isEmpty();
        assertThat(settings.revocation()).isEqualTo(RevocationRule.SOFT);
    }

    @Test
    void everything_can_be_set() {
        var settings = read("""
            "keys": ["${env:KEY}"], "life": "8h", "idle": "8h", "revocation": "hard",
            "origins": ["https://app.example.org", "http://localhost:5173", "https://[2001:db8::1]:8443"]\
            """);

        assertThat(settings.life()).isEqualTo(Duration.ofHours(8));
        assertThat(settings.idle()).isEqualTo(Duration.ofHours(8));
        assertThat(settings.origins()).hasSize(3);
        assertThat(settings.revocation()).isEqualTo(RevocationRule.HARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"life\": \"12h\"",
                "\"keys\": []",
                "\"keys\": [\"written-out-with-32-characters-and-more\"]",
                "\"keys\": [\"${env:KEY}\"], \"life\": \"59s\"",
                "\"keys\": [\"${env:KEY}\"], \"life\": \"31d\"",
                "\"keys\": [\"${env:KEY}\"], \"life\": \"1h\", \"idle\": \"2h\"",
                "\"keys\": [\"${env:KEY}\"], \"origins\": [\"https://app.example.org/\"]",
                "\"keys\": [\"${env:KEY}\"], \"origins\": [\"https://App.example.org\"]",
                "\"keys\": [\"${env:KEY}\"], \"origins\": [\"*\"]",
                "\"keys\": [\"${env:KEY}\"], \"origins\": [\"null\"]",
                "\"keys\": [\"${env:KEY}\"], \"secure\": false"
            })
    void what_cannot_be_used_stops_the_start(String settings) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("identity.browser.")
                .hasMessageNotContaining("written-out");
    }

    private static SessionSettings read(String settings) {
        var file = ConfigJson.parse("test", "{\"identity\": {\"browser\": {" + settings + "}}}");
        var root = new Sources(file, ENVIRONMENT, Map.of()).root();
        var read = SessionSettings.read(root.section("identity").section("browser"), SessionSettings.Transport.TLS);
        root.refuseUnknown();
        return read;
    }
}
