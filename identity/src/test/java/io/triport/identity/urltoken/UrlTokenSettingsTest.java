package io.triport.identity.urltoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigJson;
import io.triport.identity.config.Sources;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlTokenSettingsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "bGluayBrZXkgb2YgMzIgYnl0ZXMgZm9yIHRlc3RzISE");

    @Test
    void keys_are_enough() {
        var settings = read("\"keys\": [\"${env:KEY}\"]");

        assertThat(settings.name()).isEqualTo(new MechanismName("unsubscribe"));
        assertThat(settings.purpose()).isEqualTo("unsubscribe");
        assertThat(settings.subjectParameter()).isEqualTo("s");
        assertThat(settings.life()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.use()).isEqualTo(UrlTokenSettings.Use.MANY);
        assertThat(settings.scopes()).isEmpty();
    }

    @Test
    void everything_can_be_set() {
        var settings = read("""
            "keys": ["${env:KEY}"], "purpose": "confirm", "subjectParameter": "email", "life": "1h", "use": "once",
            "scopes": ["mail.confirm"]\
            """);

        assertThat(settings.purpose()).isEqualTo("confirm");
        assertThat(settings.subjectParameter()).isEqualTo("email");
        assertThat(settings.life()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.use()).isEqualTo(UrlTokenSettings.Use.ONCE);
        assertThat(settings.scopes()).containsExactly(new Scope("mail.confirm"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"purpose\": \"confirm\"",
                "\"keys\": [\"${env:KEY}\"], \"purpose\": \"Confirm\"",
                "\"keys\": [\"${env:KEY}\"], \"subjectParameter\": \"t\"",
                "\"keys\": [\"${env:KEY}\"], \"subjectParameter\": \"a=b\"",
                "\"keys\": [\"${env:KEY}\"], \"life\": \"91d\"",
                "\"keys\": [\"${env:KEY}\"], \"life\": \"25h\", \"use\": \"once\"",
                "\"keys\": [\"${env:KEY}\"], \"use\": \"twice\"",
                "\"keys\": [\"${env:KEY}\"], \"scopes\": [\"a b\"]",
                "\"keys\": [\"${env:KEY}\"], \"singleUse\": true"
            })
    void what_cannot_be_used_stops_the_start(String settings) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("identity.unsubscribe.");
    }

    private static UrlTokenSettings read(String settings) {
        var file = ConfigJson.parse("test", "{\"identity\": {\"unsubscribe\": {" + settings + "}}}");
        var root = new Sources(file, ENVIRONMENT, Map.of()).root();
        var read = UrlTokenSettings.read(root.section("identity").section("unsubscribe"));
        root.refuseUnknown();
        return read;
    }
}
